import type { DatabaseSync } from 'node:sqlite';

/** Pages given back to the file system at once. */
const VACUUM_PAGES = 64;
/** Free pages worth keeping for what is stored next: an eighth of the file, or at least a megabyte. */
const KEPT_FREE_SHARE = 1 / 8;
const KEPT_FREE_PAGES = 256;

/** What the file takes up, and how it is given back. */
export class FileSpace {
  readonly #database: DatabaseSync;
  readonly #pageBytes: number;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#pageBytes = this.#pragma('page_size');
  }

  /** Of the file. */
  get bytes(): number {
    return this.#pragma('page_count') * this.#pageBytes;
  }

  /** Of what is in it. */
  get usedBytes(): number {
    return (this.#pragma('page_count') - this.#pragma('freelist_count')) * this.#pageBytes;
  }

  /**
   * Gives some free pages back, where they are many or the file is too large.
   * @returns whether there may be more
   */
  vacuum(maxBytes: number): boolean {
    const free = this.#pragma('freelist_count');
    const room = Math.max(0, (maxBytes - this.usedBytes) / this.#pageBytes);
    const kept = Math.min(room, Math.max(KEPT_FREE_PAGES, this.#pragma('page_count') * KEPT_FREE_SHARE));
    if (free <= kept) return false;
    this.#database.exec(`PRAGMA incremental_vacuum(${Math.min(VACUUM_PAGES, Math.ceil(free - kept))})`);
    return true;
  }

  /** Leaves nothing in the write-ahead log, unless a reader needs it: it is not waited for. */
  truncateLog(): void {
    const busyTimeoutMs = this.#pragma('busy_timeout');
    this.#database.exec('PRAGMA busy_timeout = 0');
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    }
  }

  #pragma(name: string): number {
    const [value] = Object.values(this.#database.prepare(`PRAGMA ${name}`).get() ?? {});
    return Number(value);
  }
}
