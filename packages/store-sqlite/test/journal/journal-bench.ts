import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DAY_MS } from '@tacho/core';
import { type JournalEntry, type JournalVerification, Keyring } from '@tacho/store';
import { openStoreFile, type StoreFile } from '../../src/file/open-store-file.ts';
import { SqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { Meta } from '../../src/rows/meta.ts';
import { SteadyClock } from '../../src/rows/steady-clock.ts';

export const NOON_MS = Date.UTC(2026, 2, 11, 12);

export interface JournalBenchOptions {
  readonly keys?: readonly Uint8Array[];
  readonly maxBytes?: number;
}

/** A store's file in a folder of its own, any number of processes' journals in it, and whoever else can write it. */
export class JournalBench {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tacho-journal-'));
  readonly #files: StoreFile[] = [];

  get path(): string {
    return join(this.#folder, 'tacho.db');
  }

  /** As another process would open it. */
  open({ keys = [], maxBytes = 1e9 }: JournalBenchOptions = {}): SqliteJournal {
    const { database, ...file } = openStoreFile(this.path, { mode: 'create', busyTimeoutMs: 1000 });
    this.#files.push({ database, ...file });
    const keyring = Keyring.of(keys);
    const meta = new Meta(database, keyring);
    const steady = new SteadyClock(database, meta);
    return new SqliteJournal({ database, keyring, meta, steady, retentionMs: DAY_MS, maxBytes });
  }

  /** Begins as a copy of another's, which is closed by this. */
  copy(other: JournalBench): void {
    other.closeFiles();
    copyFileSync(other.path, this.path);
  }

  /** Writes past the journal. */
  tamper(sql: string): void {
    const database = new DatabaseSync(this.path, { defensive: false });
    try {
      database.exec(sql);
    } finally {
      database.close();
    }
  }

  close(): void {
    this.closeFiles();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** As processes do that end. */
  closeFiles(): void {
    for (const file of this.#files.splice(0)) file.close();
  }
}

export function verified(journal: SqliteJournal, head?: string): JournalVerification {
  const pieces = journal.verification(head);
  for (;;) {
    const verification = pieces.next();
    if (verification !== undefined) return verification;
  }
}

export function entriesOf(count: number, from = 0, writer = 'w'): JournalEntry[] {
  return Array.from({ length: count }, (_, index) => {
    const sequence = from + index;
    return { timestampMs: NOON_MS + sequence, writer, sequence, text: `{"n":${sequence}}` };
  });
}
