import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { EXPRESS_QUESTIONS } from './applications/express.ts';
import { child } from './child.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundled-frameworks-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('hears frameworks in a bundle, of applications that were made before', async () => {
  const counts = Object.fromEntries(EXPRESS_QUESTIONS.map(({ ask, counts }) => [ask, counts]));
  expect(await child('bundled.ts', [join(folder, 'bundle.cjs')])).toEqual({
    answers: { koa: counts, express: counts, express4: counts },
    loaded: [],
  });
});
