import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { newPath, openTestStore, storedRequests } from './test-store.ts';

const ENDING = join(import.meta.dirname, 'ending-process.ts');
const RUNS = 10;
/** From the last thing that a process does to its end: an aim of 100 ms, times ten. */
const LIMIT_MS = 1000;

interface Ending {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  /** From the last line that it wrote to its end. */
  readonly afterMs: number;
}

async function run(path: string, way: string): Promise<Ending> {
  const child = spawn(process.execPath, [ENDING, path, way], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  let writtenMs = 0;
  child.stdout.on('data', (text) => {
    writtenMs = performance.now();
    output += text;
  });
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const [code] = await once(child, 'close');
  return { code, output, errors, afterMs: performance.now() - writtenMs };
}

describe('a process with an open store', () => {
  it.each(['idle', 'in flight'])(`ends by itself: %s`, async (way) => {
    const path = newPath();
    const afterMs: number[] = [];
    for (let n = 0; n < RUNS; n++) {
      const ending = await run(path, way);
      expect(ending).toMatchObject({ code: 0, output: 'last\n', errors: '' });
      afterMs.push(ending.afterMs);
    }
    afterMs.sort((a, b) => a - b);
    console.log(`${way}: ended after ${afterMs.map((ms) => ms.toFixed(0)).join(' ')} ms`);
    expect(afterMs.at(-1)).toBeLessThan(LIMIT_MS);
  });

  it('stays for what is under way once it holds on', async () => {
    const path = newPath();
    expect(await run(path, 'holding')).toMatchObject({ code: 0, output: 'last\nstored\n', errors: '' });
    expect(await storedRequests(openTestStore(path).store)).toBe(1);
  });

  it('stays until it is closed', async () => {
    const path = newPath();
    expect(await run(path, 'closing')).toMatchObject({
      code: 0,
      output: 'last\nstored\nclosed\n',
      errors: '',
    });
    expect(await storedRequests(openTestStore(path).store)).toBe(1);
  });

  it.each(['exiting', 'exiting at once'])('stores while it is %s, and keeps its exit code', async (way) => {
    const path = newPath();
    const { output, ...ending } = await run(path, way);
    expect(ending).toMatchObject({ code: 3, errors: '' });
    expect(output).toMatch(/^last\ntrue in [\d.]+ ms\n$/);
    console.log(`${way}: ${output.trim().replace('\n', ', ')}`);
    expect(await storedRequests(openTestStore(path).store)).toBe(way === 'exiting' ? 2 : 1);
  });
});
