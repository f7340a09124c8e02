import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { systemCode } from '../../src/file/sqlite-error.ts';

export const BUSY_TIMEOUT_MS = 2000;

/** A store with as many rows in `window`, of a kilobyte each, and some in each other table; closed. */
export function createSample(path: string, rows = 100): void {
  const file = openStoreFile(path, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS });
  const { database } = file;
  const window = database.prepare(
    `INSERT INTO window (level, minute, writer, sequence, rolled, stored, schema, head, endpoints, checksum)
     VALUES (0, ?, 'w', ?, 0, 0, 1, ?, ?, x'00')`,
  );
  database.exec('BEGIN');
  for (let row = 0; row < rows; row++) {
    window.run(row * 10_000, row, Buffer.alloc(500, row), Buffer.alloc(500, row));
    database.prepare('INSERT INTO endpoint (name, used) VALUES (?, 0)').run(Buffer.from(`GET /${row}`));
    database.prepare("INSERT INTO journal VALUES (?, 'w', ?, ?, 0, x'00')").run(row + 1, row, row);
  }
  database.exec("INSERT INTO meta VALUES ('a', x'01'); INSERT INTO accepted VALUES ('w', 0, 99, 0)");
  database.exec("INSERT INTO state VALUES (x'01', x'02', NULL)");
  database.exec('COMMIT');
  file.close();
}

export function rowsIn(path: string): number {
  const file = openStoreFile(path, { mode: 'existing', busyTimeoutMs: BUSY_TIMEOUT_MS });
  try {
    return Number(file.database.prepare('SELECT count(*) AS n FROM window').get()?.n);
  } finally {
    file.close();
  }
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

export function companionsOf(path: string): string[] {
  return ['-wal', '-shm', '-journal'].filter((companion) => existsSync(path + companion));
}

/** @returns the code of the `TachoError` that `work` throws */
export function codeOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return systemCode(error) ?? error;
  }
  return undefined;
}
