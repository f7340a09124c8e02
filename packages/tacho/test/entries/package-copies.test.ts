import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { linesOf, PACKAGE, runProgram } from './run-node.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tacho-copy-'));
  for (const part of ['package.json', 'dist'])
    cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('two copies of the package in a process', () => {
  it('are one instance, and one warning', async () => {
    symlinkSync(resolve(PACKAGE, '../../node_modules'), join(folder, 'node_modules'));
    const { code, said, stderr } = await runProgram(
      'commonjs',
      `const ours = require('tacho');
      const copy = require(${JSON.stringify(join(folder, 'dist/index.cjs'))});
      const first = ours.startMonitoring({ adminApi: false });
      const handles = [copy.startMonitoring(), ours.startMonitoring(), copy.startMonitoring()];
      console.log(JSON.stringify([
        ours.startMonitoring === copy.startMonitoring, handles.every((handle) => handle === first),
      ]));`,
    );
    expect({ code, said }).toEqual({ code: 0, said: [false, true] });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(/^tacho: startMonitoring was called again/)]);
  });
});

describe('a package that is not whole', () => {
  const program = () => `
    const { startMonitoring } = require(${JSON.stringify(join(folder, 'dist/index.cjs'))});
    startMonitoring().shutdown().then(() => console.log('1'));`;

  it('is one line, and the application runs: without the rest, as in a bundle', async () => {
    rmSync(join(folder, 'dist/monitor.js'));
    const { code, said, stderr } = await runProgram('commonjs', program());
    expect({ code, said }).toEqual({ code: 0, said: 1 });
    expect(linesOf(stderr)).toEqual([
      "tacho: could not be loaded and is switched off: Error: Cannot find module './monitor.js' (in a bundle, leave the package tacho external)",
    ]);
  });

  it('is one line, and the application runs: without its ES modules', async () => {
    rmSync(join(folder, 'dist/index.js'));
    const { code, said, stderr } = await runProgram('commonjs', program());
    expect({ code, said }).toEqual({ code: 0, said: 1 });
    expect(linesOf(stderr)).toEqual([
      "tacho: could not be loaded and is switched off: Error: Cannot find module './index.js'",
    ]);
  });

  it('is one line, and the application runs: without its dependencies', async () => {
    const { code, said, stderr } = await runProgram('commonjs', program());
    expect({ code, said }).toEqual({ code: 0, said: 1 });
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/^tacho: could not start and is switched off: Error.* '@opentelemetry\/api' /),
    ]);
  });
});
