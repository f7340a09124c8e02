import { randomBytes } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { Keyring } from '../../src/encryption/keyring.ts';

it('a million payloads have a million nonces, sealed by two processes of one key', () => {
  const key = randomBytes(32);
  const writers = [Keyring.of([key]), Keyring.of([key])];
  const nothing = new Uint8Array(0);
  const seen = new Set<string>();
  for (let count = 0; count < 500_000; count += 1)
    for (const writer of writers)
      seen.add(Buffer.from(writer.seal(nothing, nothing).subarray(9, 21)).toString('latin1'));
  expect(seen.size).toBe(1_000_000);
});
