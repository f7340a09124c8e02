import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { child } from '../child.ts';

/** A module of the application whose path ends like that of Koa's contexts kept the hooks from installing. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'named-like-koa-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('modules that have but the name of Koa’s, or are frozen, are passed over', async () => {
  const exported = ['null', 'undefined', '"text"', 'Object.freeze({})', '() => {}', '{}'];
  const paths = exported.map((value, n) => {
    const path = join(folder, String(n), 'koa', 'lib', 'context.js');
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, `module.exports = ${value};`);
    return path;
  });
  expect(await child('named-like-koa.ts', paths)).toBe('installed');
});
