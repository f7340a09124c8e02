import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { newPath, openTestStore, storedRequests } from '../store/test-store.ts';
import { requestsOf } from './numbered-rows.ts';

const SHARING = join(import.meta.dirname, 'sharing-process.ts');
const PROCESSES = 2;
const ROWS = 100;

it('two processes with a worker thread each lose and double nothing on one file, and have one intact journal', async () => {
  const path = newPath();
  const outputs = await Promise.all(
    Array.from({ length: PROCESSES }, async (_, n) => {
      const child = spawn(process.execPath, [SHARING, path, `process ${n}`, String(ROWS)], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      child.stdout.on('data', (text) => {
        output += text;
      });
      child.stderr.on('data', (text) => {
        output += text;
      });
      await once(child, 'close');
      return output;
    }),
  );
  console.log(outputs.join('').replaceAll('\n', ' '));
  const each = Array.from({ length: ROWS }, (_, sequence) => requestsOf(sequence)).reduce((a, b) => a + b, 0);
  const { store } = openTestStore(path);
  expect(await storedRequests(store)).toBe(2 * PROCESSES * each);
  const entries = 2 * PROCESSES * ROWS;
  expect(await store.journal.verify()).toMatchObject({ intact: true, entries, faults: [] });
});
