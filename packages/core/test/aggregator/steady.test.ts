import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

/** No collection may come in between, and the compiler is waited for: how busy the machine is has no say. */
const FLAGS = [
  '--expose-gc',
  '--min-semi-space-size=128',
  '--max-semi-space-size=128',
  '--no-concurrent-recompilation',
  '--no-concurrent-osr',
];

it('recording into known endpoints allocates nothing', () => {
  const script = new URL('steady.process.ts', import.meta.url).pathname;
  const printed = execFileSync(process.execPath, [...FLAGS, script], { env: {}, encoding: 'utf8' });
  // The smallest object takes 16 bytes.
  expect(Number(printed)).toBeLessThan(1);
});
