import type { DatabaseSync } from 'node:sqlite';
import type { JournalMode } from './journal-mode.ts';
import { sqliteCode } from './sqlite-error.ts';

const BUSY = 5;
const PAUSE_MS = 5;

/** Commits survive the process without a sync of the log; a rollback journal has to be synced. The log stays ≤ 8 MB. */
const WAL = `
PRAGMA synchronous = NORMAL;
PRAGMA wal_autocheckpoint = 512;
PRAGMA journal_size_limit = 2097152;
`;
const TRUNCATE = 'PRAGMA synchronous = FULL';

/**
 * SQLite doesn't wait for others when it changes the journal mode, so this does.
 *
 * @returns the mode the file is in now: without shared memory there is no write-ahead log
 * @throws SQLite's error where others kept the file locked for too long
 */
export function switchJournalMode(
  database: DatabaseSync,
  wanted: JournalMode,
  busyTimeoutMs: number,
): JournalMode {
  const mode = wanted === 'wal' && request(database, 'wal', busyTimeoutMs) === 'wal' ? 'wal' : 'truncate';
  if (mode === 'truncate') request(database, 'truncate', busyTimeoutMs);
  database.exec(mode === 'wal' ? WAL : TRUNCATE);
  return mode;
}

function request(database: DatabaseSync, mode: JournalMode, busyTimeoutMs: number): unknown {
  const statement = database.prepare(
    mode === 'wal' ? 'PRAGMA journal_mode = WAL' : 'PRAGMA journal_mode = TRUNCATE',
  );
  for (let waitedMs = 0; ; waitedMs += PAUSE_MS) {
    try {
      return statement.get()?.journal_mode;
    } catch (error) {
      if (sqliteCode(error) !== BUSY || waitedMs >= busyTimeoutMs) throw error;
      pause(PAUSE_MS);
    }
  }
}

function pause(durationMs: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);
}
