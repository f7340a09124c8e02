import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';

const FLOOD = 1_000_000;
const REAL = 200_050;
const MAX_GROWN_BYTES = 3_000_000;

describe('a million distinct routes among requests of fifty real ones', () => {
  let seen: {
    grownBytes: number;
    entries: number;
    requests: number;
    real: number[];
    overflowed: number;
    seenAfter: number;
  };

  beforeAll(() => {
    const script = new URL('flood.process.ts', import.meta.url).pathname;
    const printed = execFileSync(process.execPath, ['--expose-gc', script], { env: {}, encoding: 'utf8' });
    seen = JSON.parse(printed);
  });

  it('take at most 3 MB', () => {
    expect(seen.grownBytes).toBeLessThanOrEqual(MAX_GROWN_BYTES);
  });

  it('are all counted', () => {
    expect(seen.requests).toBe(FLOOD + REAL + 10);
    expect(seen.entries).toBe(1000);
  });

  it('leave the counts of the real ones exact', () => {
    expect(seen.real).toEqual(Array(50).fill(REAL / 50));
  });

  it('leave room for a route first seen after them', () => {
    expect(seen.seenAfter).toBe(10);
    expect(seen.overflowed).toBe(FLOOD - 949);
  });
});
