import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** No collection may come in between, and the compiler is waited for: how busy the machine is has no say. */
const FLAGS = [
  '--expose-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
  '--no-concurrent-recompilation',
  '--no-concurrent-osr',
];

describe('recording ten million requests into known endpoints', () => {
  let seen: { bytesARecord: number; collected: number; grownBytes: number; counted: number };

  beforeAll(() => {
    const script = new URL('allocation.process.ts', import.meta.url).pathname;
    const printed = execFileSync(process.execPath, [...FLAGS, script], { env: {}, encoding: 'utf8' });
    seen = JSON.parse(printed);
  });

  it('counts them all', () => {
    expect(seen.counted).toBe(13_000_000);
  });

  it('allocates nothing', () => {
    expect(seen.collected).toBe(0);
    // The smallest object takes 16 bytes, so that one for 200 records would be seen.
    expect(seen.bytesARecord).toBeLessThan(0.08);
  });

  it('leaves the heap as large as it was', () => {
    expect(seen.grownBytes).toBeLessThan(100_000);
  });
});
