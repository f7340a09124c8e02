import { existsSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { Keyring, openPseudonymKeys, type PseudonymKeys, pseudonymsIn } from '@tacho/store';
import { Sealings } from '../../src/engine/sealings.ts';
import { erase } from '../../src/tools/erase.ts';
import { plainRow, requestsIn } from '../rows/plain-rows.ts';
import { ALL_TIME, StoreBench } from '../rows/store-bench.ts';
import { NOW_MS, toolRun } from './tool-run.ts';

const NAME = 'alice@example.org';
const OTHER = 'bob@example.org';
const START_MS = NOW_MS - 32 * DAY_MS;

let bench: StoreBench;
let path: string;
let keys: PseudonymKeys;
beforeEach(() => {
  bench = new StoreBench();
  path = bench.path;
  keys = openPseudonymKeys(`${path}.key`, START_MS);
});
afterEach(() => bench.close());

function openRows(encryptionKeys: readonly Uint8Array[] = []) {
  const keyring = Keyring.of(encryptionKeys);
  const rows = bench.open({ keyring });
  new Sealings(rows.file.database, keyring).declare();
  return rows;
}

/** Alice and Bob, twice a day for 32 days: under two keys, in rows of all levels, some requests slow. */
async function aMonth(encryptionKeys: readonly Uint8Array[] = []): Promise<void> {
  const store = openRows(encryptionKeys);
  for (let step = 0; step < 64; step++) {
    const startMs = START_MS + step * 12 * HOUR_MS;
    await keys.refresh(startMs);
    const requests = [NAME, OTHER].flatMap((name) => {
      const user = keys.pseudonymOf(name);
      return [{ user }, { user, durationMs: 3000 + step }];
    });
    store.append([plainRow({ startMs, sequence: step, requests }).row], startMs);
    store.maintain(startMs + HOUR_MS, 1000);
  }
  store.file.close();
}

/** Who is known of all that was measured, and how many requests there are. */
function known(encryptionKeys: readonly Uint8Array[] = []) {
  const store = openRows(encryptionKeys);
  const { window } = store.read(ALL_TIME, NOW_MS);
  store.file.close();
  const users = new Set<string | undefined>([...window.users.entries()].map(({ user }) => user));
  for (const { user } of window.slowRequests.list()) users.add(user);
  const inUsers = [...window.users.entries()].reduce(
    (sum, { stats }) => sum + stats.total,
    window.users.others.total,
  );
  return { users, requests: requestsIn(window), inUsers, slow: window.slowRequests.list().length };
}

function bytesOf(user: string): Buffer {
  return Buffer.from(user.split('-')[1] ?? '', 'hex');
}

/** Files in which a pseudonym is, as text or packed. */
function filesWith(user: string): string[] {
  return ['', '-wal', '-journal']
    .map((end) => path + end)
    .filter((file) => existsSync(file))
    .filter((file) => {
      const bytes = readFileSync(file);
      return bytes.includes(user) || bytes.includes(bytesOf(user));
    });
}

describe('erasing a user', () => {
  it.each([
    ['a plain store', []],
    ['an encrypted one', [Buffer.alloc(32, 5)]],
  ])('of %s leaves nothing of it under any key, and all of the others', async (_name, encryptionKeys) => {
    await aMonth(encryptionKeys);
    const [mine, others] = [keys.pseudonymsOf(NAME), keys.pseudonymsOf(OTHER)];
    expect(mine).toHaveLength(2);
    const before = known(encryptionKeys);
    expect(before.users).toEqual(new Set([...mine, ...others]));

    const run = toolRun(encryptionKeys);
    const { pseudonyms, rows } = erase({ file: path, user: NAME }, run);
    expect(pseudonyms).toBe(2);
    expect(rows).toBeGreaterThan(0);
    const after = known(encryptionKeys);
    expect(after.users).toEqual(new Set([...others, undefined]));
    expect({ ...after, users: 0 }).toEqual({ ...before, users: 0 });
    expect(run.reports.at(-1)).toEqual([1, 1]);
    expect(mine.flatMap(filesWith)).toEqual([]);
    if (encryptionKeys.length === 0) expect(others.flatMap(filesWith)).toContain(path);
  });

  it('twice finds nothing the second time', async () => {
    await aMonth();
    erase({ file: path, user: NAME }, toolRun());
    expect(erase({ file: path, user: NAME }, toolRun(), 0)).toEqual({ pseudonyms: 2, rows: 0 });
  });

  it('who never came changes nothing', async () => {
    await aMonth();
    const before = known();
    expect(erase({ file: path, user: 'nobody' }, toolRun())).toEqual({ pseudonyms: 2, rows: 0 });
    expect(known()).toEqual(before);
  });
});

describe('where a service is running', () => {
  it('what it had not stored yet is erased by a second pass', async () => {
    const store = openRows();
    const user = keys.pseudonymOf(NAME);
    const startMs = NOW_MS - MINUTE_MS;
    store.append([plainRow({ startMs, requests: [{ user }] }).row], NOW_MS - 5000);
    const run = toolRun();
    const flushing = {
      ...run,
      report: (done: number, total: number | undefined) => {
        if (done === 1) store.append([plainRow({ startMs, sequence: 1, requests: [{ user }] }).row], NOW_MS);
        run.report(done, total);
      },
    };
    expect(erase({ file: path, user: NAME }, flushing, 0)).toEqual({ pseudonyms: 1, rows: 2 });
    store.file.close();
    expect(run.reports).toEqual([
      [0, 2],
      [1, 2],
      [2, 2],
    ]);
    expect(known()).toMatchObject({ users: new Set(), inUsers: 2 });
  });
});

describe('what is in the way', () => {
  const erasing = () => erase({ file: path, user: NAME }, toolRun());

  it('no store', () => {
    expect(erasing).toThrow(
      expect.objectContaining({ code: 'TACHO_STORE_MISSING', message: expect.not.stringContaining('.key') }),
    );
  });

  it('no key file', async () => {
    openRows().file.close();
    unlinkSync(`${path}.key`);
    expect(erasing).toThrow(
      expect.objectContaining({
        code: 'TACHO_STORE_MISSING',
        message: expect.stringContaining(`no key file ${path}.key`),
      }),
    );
    expect(existsSync(`${path}.key`)).toBe(false);
  });

  it('a damaged key file, which stays as it is', () => {
    openRows().file.close();
    writeFileSync(`${path}.key`, 'rubbish');
    expect(erasing).toThrow(expect.objectContaining({ code: 'TACHO_STORE_CORRUPT' }));
    expect(readFileSync(`${path}.key`, 'utf8')).toBe('rubbish');
  });

  it.each([
    ['no encryption key', [], 'TACHO_STORE_ENCRYPTED'],
    ['a wrong one', [Buffer.alloc(32, 6)], 'TACHO_STORE_WRONG_KEY'],
  ])('%s', async (_name, given, code) => {
    await aMonth([Buffer.alloc(32, 5)]);
    expect(() => erase({ file: path, user: NAME }, toolRun(given))).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('no error has the name in it', () => {
    openRows().file.close();
    writeFileSync(`${path}.key`, 'rubbish');
    expect(erasing).toThrow(expect.objectContaining({ message: expect.not.stringContaining(NAME) }));
    expect(() => pseudonymsIn(`${path}.key`, NAME)).toThrow(/key file/);
  });
});
