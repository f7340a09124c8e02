import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { endAll, start } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';

afterAll(async () => {
  await endAll();
  await removeFolders();
});

const SERVES = 'test/process-semantics/kept-from-its-store.mjs';
const STORE = /^tacho: the store .* can't be used: /;

describe('a service runs on, one line says what is with the store, and so does the health, where', () => {
  it.each([
    ['it may neither write nor start a thread', ['--permission', '--allow-fs-read=*']],
    ['it may start no thread', ['--permission', '--allow-fs-read=*', '--allow-fs-write=*']],
    ['nothing can be written there', []],
  ])('%s', async (_, nodeArguments) => {
    const folder = nodeArguments.length === 0 ? '/sys/kernel' : await temporaryFolder();
    const child = start(['node', ...nodeArguments, SERVES, join(folder, 'tacho.db')]);
    expect(await child.end()).toEqual({ code: 0, signal: null });
    expect(JSON.parse(child.stdout)).toMatchObject({
      status: 'degraded',
      reason: { code: 'unavailable' },
      total_requests: 3,
    });
    expect(child.stderr.split('\n').filter((line) => STORE.test(line))).toHaveLength(1);
  });
});
