import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { newPath, openTestStore, storedRequests } from '../store/test-store.ts';
import { requestsOf } from './numbered-rows.ts';

const PERSISTENT = join(import.meta.dirname, 'persistent-process.ts');
const ROWS = 300;

/** What a process may write into a file: to it, any file system is full there. */
const ROOM_BLOCKS = 400;

it('a full disk loses nothing, and needs nobody once there is room again', async () => {
  const path = newPath();
  const child = spawn(
    'sh',
    [
      '-c',
      `ulimit -S -f ${ROOM_BLOCKS}; exec "$0" "$@"`,
      process.execPath,
      PERSISTENT,
      path,
      'w',
      String(ROWS),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
  );
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
    if (/^(?!done)/.test(output)) execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited']);
  });
  await once(child, 'close');
  const lines = new Set(output.trim().split('\n'));
  console.log([...lines].join(', '));
  expect(lines.size).toBeGreaterThan(1);
  expect(lines).toContain('done');
  const requests = Array.from({ length: ROWS }, (_, n) => requestsOf(n)).reduce((a, b) => a + b, 0);
  expect(await storedRequests(openTestStore(path).store)).toBe(requests);
});
