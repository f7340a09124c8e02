import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, TachoError } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import { associatedData } from './associated-data.ts';
import { inTransaction } from './transaction.ts';

/** More keys than this are refused, since none may be forgotten. */
const MAX_KEYS = 10_000;

/** Expired values are cleared away this much later, in case the clock was only set wrong. */
const CLEARED_AFTER_MS = DAY_MS;

interface StateRow {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly expires: number | null;
}

/**
 * `State` in the table `state`. A key is stored as `Keyring.digest` gives it, and again within its sealed value:
 *
 *     bytes of the key (uint32, little-endian)   key   value
 *
 * so that it can be stored anew under another key. A value that can't be read is as good as none.
 */
export class SqliteState {
  readonly #database: DatabaseSync;
  readonly #keyring: Keyring;
  readonly #find: StatementSync;
  readonly #remove: StatementSync;
  readonly #put: StatementSync;
  readonly #count: StatementSync;

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#database = database;
    this.#keyring = keyring;
    this.#find = database.prepare('SELECT key, value, expires FROM state WHERE key = ?');
    this.#remove = database.prepare('DELETE FROM state WHERE key = ?');
    this.#put = database.prepare('INSERT OR REPLACE INTO state (key, value, expires) VALUES (?, ?, ?)');
    this.#count = database.prepare('SELECT count(*) AS n FROM state');
  }

  get(key: string, nowMs: number): string | undefined {
    for (const digest of this.#keyring.digests(key)) {
      const row = this.#find.get(digest) as StateRow | undefined;
      if (row === undefined || (row.expires ?? Number.POSITIVE_INFINITY) <= nowMs) continue;
      const opened = this.#open(row);
      if (opened?.key === key) return opened.value;
    }
    return undefined;
  }

  /** @param expiresMs epoch milliseconds; undefined where `next` stays */
  compareAndSet(
    key: string,
    expected: string | undefined,
    next: string | undefined,
    expiresMs: number | undefined,
    nowMs: number,
  ): boolean {
    return inTransaction(this.#database, () => {
      if (this.get(key, nowMs) !== expected) return false;
      for (const digest of this.#keyring.digests(key)) this.#remove.run(digest);
      if (next !== undefined) this.#insert(key, next, expiresMs);
      return true;
    });
  }

  /** Clears away what expired long ago, and seals anew what is not sealed as it would be now. */
  maintain(nowMs: number): void {
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM state WHERE expires < ?').run(nowMs - CLEARED_AFTER_MS);
      const rows = this.#database.prepare('SELECT key, value, expires FROM state').all();
      for (const row of rows as unknown as StateRow[]) this.#renew(row);
    });
  }

  #renew(row: StateRow): void {
    if (this.#keyring.isCurrent(row.value)) return;
    const opened = this.#open(row);
    if (opened === undefined) return;
    this.#remove.run(row.key);
    const isSuperseded = this.#find.get(this.#keyring.digest(opened.key)) !== undefined;
    if (!isSuperseded) this.#insert(opened.key, opened.value, row.expires ?? undefined);
  }

  #insert(key: string, value: string, expiresMs: number | undefined): void {
    if (Number(this.#count.get()?.n) >= MAX_KEYS)
      throw new TachoError(
        'TACHO_STORE_UNAVAILABLE',
        `the state holds ${MAX_KEYS} keys, which is all it has room for`,
      );
    const digest = this.#keyring.digest(key);
    const sealed = this.#keyring.seal(joined(key, value), associatedData('state', digest));
    this.#put.run(digest, sealed, expiresMs ?? null);
  }

  #open({ key, value }: StateRow): { key: string; value: string } | undefined {
    try {
      return split(this.#keyring.open(value, associatedData('state', key)));
    } catch {
      return undefined;
    }
  }
}

function joined(key: string, value: string): Uint8Array {
  const keyBytes = Buffer.from(key);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(keyBytes.length);
  return Buffer.concat([length, keyBytes, Buffer.from(value)]);
}

function split(plain: Uint8Array): { key: string; value: string } {
  const bytes = Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  const valueAt = 4 + bytes.readUInt32LE();
  return { key: bytes.toString('utf8', 4, valueAt), value: bytes.toString('utf8', valueAt) };
}
