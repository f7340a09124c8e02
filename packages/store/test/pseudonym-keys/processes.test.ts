import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { DAY_MS } from '@tacho/core';
import { KeyFolder, NOW_MS } from './key-folder.ts';

const PROGRAM = join(import.meta.dirname, 'children', 'opens-keys.ts');
const AT_ONCE = 6;

it('processes that begin at once agree on a key, and on the one that follows it', async () => {
  const folder = new KeyFolder();
  const run = promisify(execFile);
  const laterMs = NOW_MS + 30 * DAY_MS;
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () =>
      run(process.execPath, [PROGRAM, folder.file, String(NOW_MS), String(laterMs)]),
    ),
  );
  const { keys } = folder.json();
  const names = folder.names();
  const last = folder.open().pseudonymOf('user@sharif.edu');
  folder.remove();
  expect(answers.map(({ stderr }) => stderr).join('')).toBe('');
  const seen = answers.map(({ stdout }) => JSON.parse(stdout) as { before: string; after: string });
  // A late one may find the second key already.
  expect(new Set(seen.map(({ before }) => before).filter((one) => one.startsWith('k1-'))).size).toBe(1);
  expect(keys.map(({ id }) => id)).toEqual(['k1', 'k2']);
  for (const { after } of seen.filter(({ after }) => after.startsWith('k2-'))) expect(after).toBe(last);
  expect(names).toEqual(['tacho.db.key']);
});
