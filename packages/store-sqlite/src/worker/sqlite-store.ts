import { resolve } from 'node:path';
import { type Clock, SECOND_MS, type WindowLimits } from '@tacho/core';
import { type BackupResult, Keyring, type WindowRow } from '@tacho/store';
import { encryptionUntilKnown } from '../engine/encryption-until-known.ts';
import { savePendingFile, savePendingFileAtExit } from '../pending/pending-folder.ts';
import { encodePendingRows } from '../pending/pending-rows.ts';
import type { RetentionMs } from '../rows/retention.ts';
import { runTool } from '../tools/run-tool.ts';
import type { StoreNotice } from './messages.ts';
import { storeClosed } from './store-closed.ts';
import { WorkerClient } from './worker-client.ts';
import { WorkerJournal } from './worker-journal.ts';
import { WorkerState } from './worker-state.ts';
import { WorkerWindows } from './worker-windows.ts';

export interface SqliteStoreOptions {
  readonly path: string;
  /** 32 bytes each: the first to write under, all of them to read. Empty for no encryption. */
  readonly encryptionKeys: readonly Uint8Array[];
  /** Of the windows that rows are merged into. */
  readonly limits: WindowLimits;
  /** How long rows of a minute, an hour and a day are kept. */
  readonly retentionMs: RetentionMs;
  /** What the file may take up. */
  readonly maxBytes: number;
  /** This run of this process; see `WindowKey`. */
  readonly writer: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Told what an operator should hear of. */
  onNotice(notice: StoreNotice): void;
  /** Stores what was measured so far, as another process is asked about all of them. */
  flush?(): Promise<void>;
}

/** One that is given up makes the store count as unavailable until it is answered. */
const GATHER_LIMIT_MS = 30 * SECOND_MS;

/** How long `close` waits for the calls that are under way. */
const CLOSE_LIMIT_MS = 5 * SECOND_MS;

/**
 * A store in one SQLite file, which any number of processes may share. All work is done in a worker thread, started
 * by the first call; none of it holds up the event loop, and none of it keeps the process alive until `hold`.
 */
export class SqliteStore {
  readonly windows: WorkerWindows;
  readonly journal: WorkerJournal;
  readonly state: WorkerState;
  readonly #path: string;
  readonly #keyring: Keyring;
  readonly #options: SqliteStoreOptions;
  readonly #client: WorkerClient;
  /** Gives up backups that are under way. */
  readonly #closing = new AbortController();
  /** The parts that are still open; the worker ends with the last. */
  readonly #openParts = new Set(['windows', 'journal', 'state']);

  constructor(options: SqliteStoreOptions) {
    const {
      path,
      encryptionKeys,
      limits,
      retentionMs,
      maxBytes,
      writer,
      clock,
      onNotice,
      flush = async () => {},
    } = options;
    this.#path = resolve(path);
    this.#keyring = Keyring.of(encryptionKeys);
    this.#options = options;
    const workerData = { path: this.#path, encryptionKeys, limits, retentionMs, maxBytes, writer };
    this.#client = new WorkerClient({
      workerData,
      clock,
      onNotice,
      flush,
      onFigures: (figures) => this.windows.update(figures),
    });
    const closePart = (part: string) => () => this.#closePart(part);
    this.windows = new WorkerWindows({
      client: this.#client,
      location: this.#path,
      limits,
      maxBytes,
      encryption: encryptionUntilKnown(this.#keyring),
      onClose: closePart('windows'),
    });
    this.journal = new WorkerJournal(this.#client, closePart('journal'));
    this.state = new WorkerState(this.#client, closePart('state'));
  }

  /**
   * Has all processes that share the file store what they have measured so far. One that does not answer is given
   * 150 ms. Rejects where the store can't be used now.
   */
  async gather(): Promise<void> {
    await this.#client.call('gather', [], GATHER_LIMIT_MS);
  }

  /** From now on, calls that are under way keep the process alive until they are settled: for a shutdown. */
  hold(): void {
    this.#client.hold();
  }

  /**
   * Stores rows in a process that is about to exit, where nothing asynchronous happens any more.
   * @returns false where it was not done within `limitMs`; they may have been stored all the same
   */
  appendAtExit(rows: readonly WindowRow[], limitMs: number): boolean {
    return this.#client.callAtExit('append', [rows], limitMs);
  }

  /**
   * Leaves rows beside the file, for whoever maintains it next: for a process that has to end while the file is
   * locked. They are not counted twice if they were stored after all. Rejects with the file system's error.
   */
  async savePending(rows: readonly WindowRow[]): Promise<void> {
    if (rows.length > 0) await savePendingFile(this.#path, encodePendingRows(rows, this.#keyring));
  }

  /** The same in a process that is about to exit. Throws the file system's error. */
  savePendingAtExit(rows: readonly WindowRow[]): void {
    if (rows.length > 0) savePendingFileAtExit(this.#path, encodePendingRows(rows, this.#keyring));
  }

  /**
   * A copy of the file as of one moment, made beside all other work.
   *
   * @param to an absolute path at which nothing stands yet
   * @throws TachoError as `StoreTools.backup`
   */
  backup(to: string): Promise<BackupResult> {
    const { encryptionKeys, clock } = this.#options;
    const job = { name: 'backup', args: { file: this.#path, to }, nowMs: clock.now(), holds: false } as const;
    return runTool(job, { encryptionKeys, signal: this.#closing.signal, onProgress: () => {} });
  }

  /** Idempotent; never rejects. Waits, for a bounded time, for the calls that are under way. */
  async close(): Promise<void> {
    this.#closing.abort(storeClosed());
    await Promise.all([this.windows.close(), this.journal.close(), this.state.close()]);
  }

  #closePart(part: string): Promise<void> {
    this.#openParts.delete(part);
    return this.#openParts.size === 0 ? this.#client.close(CLOSE_LIMIT_MS) : Promise.resolve();
  }
}
