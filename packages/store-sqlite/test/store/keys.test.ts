import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  KEY_A,
  KEY_B,
  NOON_MS,
  newPath,
  openTestStore,
  rowOf,
  storedRequests,
  UNAVAILABLE,
} from './test-store.ts';

describe('a store that is encrypted', () => {
  it.each([
    ['without a key', [], 'the store is encrypted, and no key was given'],
    [
      'with another key',
      [KEY_B],
      'the store, or a part of it, is encrypted with another key than those given',
    ],
  ])('is left as it is %s', async (_, encryptionKeys, reason) => {
    const path = newPath();
    const first = openTestStore(path, { encryptionKeys: [KEY_A] });
    await first.store.windows.append([rowOf(0)]);
    await first.store.close();
    const bytes = readFileSync(path);

    const { store, notices, clock } = openTestStore(path, { encryptionKeys });
    await expect(store.windows.append([rowOf(1)])).rejects.toMatchObject(UNAVAILABLE);
    clock.nowMs += 61_000;
    await expect(store.state.compareAndSet('key', undefined, 'value')).rejects.toMatchObject(UNAVAILABLE);
    expect(store.windows.status().unavailable).toBe(reason);
    expect(notices).toMatchObject([{ kind: 'unavailable', reason }]);
    await store.close();
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('shows nothing of its journal and its state', async () => {
    const { store, path } = openTestStore(newPath(), { encryptionKeys: [KEY_A] });
    await store.journal.append([{ timestampMs: NOON_MS, writer: 'w', sequence: 0, text: 'a secret line' }]);
    await store.state.compareAndSet('secret key', undefined, 'secret value');
    await store.close();
    expect(readFileSync(path).includes('secret')).toBe(false);
  });

  it('is sealed anew under the next key, which is then enough', async () => {
    const path = newPath();
    const entry = { timestampMs: NOON_MS, writer: 'w', sequence: 0, text: 'a line' };
    for (const [index, encryptionKeys] of [[], [KEY_A], [KEY_B, KEY_A], [KEY_B]].entries()) {
      const { store } = openTestStore(path, { encryptionKeys });
      const before = await store.state.get('key');
      expect(before).toBe(index === 0 ? undefined : `value ${index - 1}`);
      expect(await store.journal.read(0, Number.POSITIVE_INFINITY, 10)).toHaveLength(index === 0 ? 0 : 1);
      expect(await storedRequests(store)).toBe(index);
      expect(await store.state.compareAndSet('key', before, `value ${index}`)).toBe(true);
      await store.journal.append([entry]);
      await store.windows.append([rowOf(index)]);
      for (let round = 0; round < 3; round++) await store.windows.maintain();
      expect(store.windows.status().encryption).toBe(index === 0 ? 'off' : 'on');
      await store.close();
    }
  });

  it('says that it is being sealed anew, to all who share it, for as long as it is', async () => {
    const path = newPath();
    const old = openTestStore(path, { encryptionKeys: [KEY_A] });
    await old.store.windows.append([rowOf(0)]);
    expect(old.store.windows.status().encryption).toBe('on');

    const leader = openTestStore(path, { encryptionKeys: [KEY_B, KEY_A] }).store.windows;
    const other = openTestStore(path, { encryptionKeys: [KEY_B, KEY_A] }).store.windows;
    await leader.append([rowOf(1)]);
    await other.append([rowOf(2)]);
    expect([leader.status().encryption, other.status().encryption]).toEqual(['rotating', 'rotating']);
    for (let round = 0; round < 3; round++) await leader.maintain();
    await other.append([rowOf(3)]);
    expect([leader.status().encryption, other.status().encryption]).toEqual(['on', 'on']);

    await old.store.windows.append([rowOf(4)]);
    for (let round = 0; round < 3; round++) await leader.maintain();
    expect(leader.status().encryption).toBe('rotating');
    const next = openTestStore(path, { encryptionKeys: [KEY_B, KEY_A] }).store;
    for (let round = 0; round < 3; round++) await next.windows.maintain();
    expect(next.windows.status().encryption).toBe('on');
    expect(await storedRequests(openTestStore(path, { encryptionKeys: [KEY_B] }).store)).toBe(5);
  });
});
