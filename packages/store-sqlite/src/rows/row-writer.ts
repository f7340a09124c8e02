import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PackedWindow } from '@tacho/core';
import type { Keyring } from '@tacho/store';
import type { CheckedRow } from './row-reader.ts';
import { partPlace, ROW_SCHEMA, type RowStamp, stampBytes } from './stored-row.ts';

/** Writes rows, sealed and stamped. Each call is part of the caller's transaction. */
export class RowWriter {
  readonly #keyring: Keyring;
  readonly #insert: StatementSync;
  readonly #restamp: StatementSync;
  readonly #restampUserless: StatementSync;
  readonly #rewrite: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync, keyring: Keyring) {
    this.#keyring = keyring;
    this.#insert = database.prepare(
      `INSERT INTO window
       (level, minute, writer, sequence, overrun, rolled, stored, schema, key_id, checksum, head, endpoints, users)
       VALUES (?, ?, ?, ?, ?, ?, ?, ${ROW_SCHEMA}, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    );
    this.#restamp = database.prepare('UPDATE window SET rolled = ?, checksum = ? WHERE id = ?');
    this.#restampUserless = database.prepare(
      'UPDATE window SET rolled = ?, checksum = ?, users = NULL WHERE id = ?',
    );
    this.#rewrite = database.prepare(
      'UPDATE window SET key_id = ?, checksum = ?, head = ?, endpoints = ?, users = ? WHERE id = ?',
    );
    this.#delete = database.prepare('DELETE FROM window WHERE id = ?');
  }

  /** A row of the same key stays as it is. */
  insert(stamp: RowStamp, { head, endpoints, users }: PackedWindow): void {
    const { level, minuteMs, writer, sequence, overrunMs, rolled, storedMs } = stamp;
    this.#insert.run(
      level,
      minuteMs,
      writer,
      sequence,
      overrunMs,
      rolled ? 1 : 0,
      storedMs,
      this.#keyring.currentKeyId ?? null,
      this.#keyring.mac(stampBytes(stamp)),
      this.#keyring.seal(head, partPlace('head', stamp)),
      this.#keyring.seal(endpoints, partPlace('endpoints', stamp)),
      this.#keyring.seal(users, partPlace('users', stamp)),
    );
  }

  /** Says that a row is part of one of the next level. @param keepUsers false where only that one shall have users */
  markRolled({ id, stamp }: CheckedRow, keepUsers: boolean): void {
    const hasUsers = stamp.hasUsers && keepUsers;
    const checksum = this.#keyring.mac(stampBytes({ ...stamp, rolled: true, hasUsers }));
    (hasUsers ? this.#restamp : this.#restampUserless).run(1, checksum, id);
  }

  /** Puts other payloads into a row, and seals all of it as of now. Without `users` it has none any more. */
  rewrite(
    { id, stamp }: CheckedRow,
    parts: { head: Uint8Array; endpoints: Uint8Array; users?: Uint8Array | undefined },
  ): void {
    const { head, endpoints, users } = parts;
    this.#rewrite.run(
      this.#keyring.currentKeyId ?? null,
      this.#keyring.mac(stampBytes({ ...stamp, hasUsers: users !== undefined })),
      this.#keyring.seal(head, partPlace('head', stamp)),
      this.#keyring.seal(endpoints, partPlace('endpoints', stamp)),
      users === undefined ? null : this.#keyring.seal(users, partPlace('users', stamp)),
      id,
    );
  }

  delete(id: number): void {
    this.#delete.run(id);
  }
}
