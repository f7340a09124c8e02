import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { child } from './child.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundled-frameworks-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('hears frameworks in a bundle, of applications that were made before', async () => {
  const koaThenBothOfExpress = new Array(3).fill([
    'GET /api/Users/:user/posts/:post 200',
    'GET /{name}/{id} 404',
  ]);
  expect(await child('bundled.ts', [join(folder, 'bundle.cjs')])).toEqual({
    endpoints: koaThenBothOfExpress.flat(),
    loaded: [],
  });
});
