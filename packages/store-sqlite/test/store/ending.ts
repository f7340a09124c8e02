import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { newPath } from './test-store.ts';

const ENDING = join(import.meta.dirname, 'ending-process.ts');
/** From the last thing that a process does to its end: an aim of 100 ms, times ten. */
const LIMIT_MS = 1000;

interface Ending {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
  /** From the last line that it wrote to its end. */
  readonly afterMs: number;
}

/** Runs `ending-process.ts` to its end. */
export async function run(path: string, way: string): Promise<Ending> {
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

/** That so many processes, one after the other, end by themselves, and soon. */
export async function endsByItself(way: 'idle' | 'in flight', runs: number): Promise<void> {
  const path = newPath();
  const afterMs: number[] = [];
  for (let n = 0; n < runs; n++) {
    const ending = await run(path, way);
    expect(ending).toMatchObject({ code: 0, output: 'last\n', errors: '' });
    afterMs.push(ending.afterMs);
  }
  afterMs.sort((a, b) => a - b);
  console.log(`${way}: ended after ${afterMs.map((ms) => ms.toFixed(0)).join(' ')} ms`);
  expect(afterMs.at(-1)).toBeLessThan(LIMIT_MS);
}
