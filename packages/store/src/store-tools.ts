import type { History } from './history.ts';

/** Whoever asked for a piece of work that takes its time. */
export interface ToolRun {
  /** 32 bytes each: the first to write under, all of them to read. Empty without encryption. */
  readonly encryptionKeys: readonly Uint8Array[];
  /** Aborted when the work is to be given up; it then rejects with the signal's reason and leaves no trace. */
  readonly signal: AbortSignal;
  /** Called now and then. @param total undefined while it is not known */
  onProgress(done: number, total: number | undefined): void;
}

export interface BackupResult {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
}

export interface RestoreResult {
  readonly path: string;
  readonly rows: number;
  /** Where the file that was replaced is now; undefined where there was none. */
  readonly previous: string | undefined;
}

export interface ExportResult {
  readonly path: string;
  readonly bytes: number;
  readonly windows: number;
  /** Rows that could not be read. What they held is missing, unless a coarser row held it too. */
  readonly damaged: number;
}

export interface ImportResult {
  readonly windows: number;
  /** Of these, the ones that the store had already. */
  readonly known: number;
  /** Of `known`, the ones of which the store had a part. Nobody can tell what is in the rest, so it was left out. */
  readonly partlyKnown: number;
}

export interface RepairResult {
  readonly path: string;
  /** Rows that were read whole, and are in the repaired file. */
  readonly rows: number;
  /** Rows that were seen and could not be read. */
  readonly damaged: number;
  /** Where the damaged file is now; undefined where nothing had to be repaired. */
  readonly previous: string | undefined;
}

export interface EraseResult {
  readonly pseudonyms: number;
  /** Rows that were changed. */
  readonly rows: number;
}

/**
 * A store's file, read by somebody who stores nothing there: what a service that runs on it has not stored yet is
 * missing. Each call is answered as of one moment, from whatever file is in the place then.
 *
 * **Errors.** As `StoreTools`; the next call may be answered again.
 */
export interface StoreReading extends Pick<History, 'window' | 'series'> {
  /** Idempotent; never rejects. Calls that are under way are rejected. */
  close(): Promise<void>;
}

/**
 * What can be done with a store's file, whether or not a service is running on it. Paths are absolute. No call
 * creates or alters anything before it knows that it can be done.
 *
 * **Errors.** A `TachoError`: `TACHO_STORE_MISSING`, `TACHO_STORE_LOCKED`, `TACHO_STORE_CORRUPT`,
 * `TACHO_STORE_NEWER`, `TACHO_STORE_ENCRYPTED` (no key was given), `TACHO_STORE_WRONG_KEY`, or
 * `TACHO_STORE_UNAVAILABLE` for anything else that is in the way (a full disk, a target that exists).
 */
export interface StoreTools {
  /** A copy as of one moment, while others write. @param to must not exist yet */
  backup(file: string, to: string, run: ToolRun): Promise<BackupResult>;
  /** Puts a backup in the file's place. What was there is moved aside, never deleted. */
  restore(from: string, file: string, run: ToolRun): Promise<RestoreResult>;
  /** Writes JSON (encrypted, where a key is given). @param to must not exist yet */
  export(file: string, to: string, run: ToolRun): Promise<ExportResult>;
  /** Adds what an export holds. Whatever was imported or measured already is not counted again. */
  import(from: string, file: string, run: ToolRun): Promise<ImportResult>;
  /** Reads all that can be read into a new file, and moves the damaged one aside. */
  repair(file: string, run: ToolRun): Promise<RepairResult>;
  /** Removes a user, under every pseudonym that the file's key file still knows. */
  erase(file: string, user: string, run: ToolRun): Promise<EraseResult>;
  /**
   * Opens the file to be read, whether or not a service writes to it, and stores nothing in it: a file of an earlier
   * version, which would have to be updated, is refused. Keeps the process alive until it is closed.
   */
  read(file: string, run: Pick<ToolRun, 'encryptionKeys'>): Promise<StoreReading>;
}
