import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Pseudonyms } from '../../src/pseudonym-keys/pseudonyms.ts';

const OLD = { id: 'k1', createdMs: 0, key: Buffer.alloc(32, 1), replaced: { ms: 5, hour: 0 } };
const CURRENT = { id: 'k2', createdMs: 5, key: Buffer.alloc(32, 2), replaced: undefined };

function expected({ id, key }: { id: string; key: Uint8Array }, user: string): string {
  return `${id}-${createHmac('sha256', key).update(user).digest('hex').slice(0, 32)}`;
}

describe('a pseudonym', () => {
  it('is half an HMAC-SHA-256 of the name, after the id of the key in use', () => {
    const pseudonyms = new Pseudonyms([OLD, CURRENT]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (user) => {
        expect(pseudonyms.of(user)).toBe(expected(CURRENT, user));
        expect(pseudonyms.of(user)).toBe(expected(CURRENT, user));
        expect(pseudonyms.all(user)).toEqual([expected(OLD, user), expected(CURRENT, user)]);
      }),
    );
  });

  it('is of the whole name, however long it is', () => {
    const pseudonyms = new Pseudonyms([CURRENT]);
    const long = 'x'.repeat(1024);
    for (const user of [`${long}1`, `${long}2`, long, `${long}1`]) {
      expect(pseudonyms.of(user)).toBe(expected(CURRENT, user));
    }
  });

  it('is the same after thousands of others', () => {
    const pseudonyms = new Pseudonyms([CURRENT]);
    const users = Array.from({ length: 5000 }, (_, n) => `${n % 1700}`);
    expect(users.map((user) => pseudonyms.of(user))).toEqual(users.map((user) => expected(CURRENT, user)));
  });

  it('is under the new key as soon as that is in use', () => {
    const pseudonyms = new Pseudonyms([{ ...OLD, replaced: undefined }]);
    expect(pseudonyms.of('a')).toBe(expected(OLD, 'a'));
    pseudonyms.use([OLD, CURRENT]);
    expect(pseudonyms.of('a')).toBe(expected(CURRENT, 'a'));
  });
});
