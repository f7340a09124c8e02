import { SECOND_MS } from '@tacho/core';
import type { Journal, JournalEntry } from '@tacho/store';
import { storeClosed } from './store-closed.ts';
import type { WorkerClient } from './worker-client.ts';

const WRITE_LIMIT_MS = 5 * SECOND_MS;
const READ_LIMIT_MS = 30 * SECOND_MS;

/** The journal of a store whose work is done in a worker. */
export class WorkerJournal implements Journal {
  readonly #worker: WorkerClient;
  readonly #onClose: () => Promise<void>;
  #open = true;

  constructor(worker: WorkerClient, onClose: () => Promise<void>) {
    this.#worker = worker;
    this.#onClose = onClose;
  }

  async append(entries: readonly JournalEntry[]): Promise<void> {
    this.#assertOpen();
    await this.#worker.call('appendJournal', [entries], WRITE_LIMIT_MS);
  }

  async read(fromMs: number, toMs: number, limit: number): Promise<JournalEntry[]> {
    this.#assertOpen();
    return this.#worker.call('readJournal', [fromMs, toMs, limit], READ_LIMIT_MS);
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#onClose();
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed();
  }
}
