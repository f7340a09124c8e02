import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@tacho/core';
import { pseudonymsIn } from '../../src/pseudonym-keys/read-pseudonyms.ts';
import { KeyFolder, NOW_MS } from './key-folder.ts';

const DICTIONARY = Array.from({ length: 100_000 }, (_, n) => `user${n}@sharif.edu`);
/** Those of the dictionary who used the service. */
const USERS = DICTIONARY.filter((_, n) => n % 100 === 0);

let folder: KeyFolder;
let before: string[];
let after: string[];
beforeAll(async () => {
  folder = new KeyFolder();
  const keys = folder.open();
  before = USERS.map((user) => keys.pseudonymOf(user));
  await keys.refresh(NOW_MS + 30 * DAY_MS);
  after = USERS.map((user) => keys.pseudonymOf(user));
});
afterAll(() => folder.remove());

/** As in a store, without the id of the period. */
function digitsOf(pseudonyms: readonly string[]): Set<string> {
  return new Set(pseudonyms.map((pseudonym) => pseudonym.split('-')[1] ?? ''));
}

function recovered(stored: ReadonlySet<string>, hash: (name: string) => string): number {
  return DICTIONARY.filter((name) => stored.has(hash(name).slice(0, 32))).length;
}

describe('who has the store and a list of all names', () => {
  const sha256 = (name: string) => createHash('sha256').update(name).digest('hex');

  it('would find everybody if pseudonyms were plain hashes', () => {
    const stored = new Set(USERS.map((user) => sha256(user).slice(0, 32)));
    expect(recovered(stored, sha256)).toBe(USERS.length);
  });

  it('finds nobody', () => {
    const stored = digitsOf([...before, ...after]);
    expect(recovered(stored, sha256)).toBe(0);
    const guess = createSecretKey(Buffer.alloc(32));
    expect(recovered(stored, (name) => createHmac('sha256', guess).update(name).digest('hex'))).toBe(0);
  });

  it('cannot tell that a user of one period is one of the next', () => {
    expect(digitsOf([...before, ...after]).size).toBe(2 * USERS.length);
  });

  it('finds everybody with the key file, which is why it is not kept with the store', () => {
    const stored = new Set([...before, ...after]);
    const found = USERS.flatMap((user) => pseudonymsIn(folder.file, user)).filter((one) => stored.has(one));
    expect(found).toHaveLength(2 * USERS.length);
  });
});
