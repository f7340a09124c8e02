import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { PACKAGE, runNode } from './run-node.ts';

const STATIC_IMPORT = /^(?:import|export)\s+(?:[\w$*{}\s,]+?\sfrom\s+)?['"]([^'"]+)['"]/gm;

/** What a built file imports statically, and what that imports. */
function staticImports(file: string): string[] {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)].map(
    ([, specifier = '']) => specifier,
  );
  return specifiers.flatMap((specifier) =>
    specifier.startsWith('.') ? [specifier, ...staticImports(resolve(file, '..', specifier))] : [specifier],
  );
}

describe.each(['index.js', 'register.js', 'bin.js'])('%s', (entry) => {
  it('imports statically nothing that an old Node could fail to load', () => {
    const imported = new Set(staticImports(join(PACKAGE, 'dist', entry)));
    expect([...imported].filter((specifier) => !isBuiltin(specifier) && specifier !== './index.js')).toEqual(
      [],
    );
    expect(imported.size).toBeGreaterThan(1);
  });
});

describe('the command', () => {
  it('runs', async () => {
    const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
    const { code, stdout, stderr } = await runNode(['dist/bin.js', '--version']);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});
