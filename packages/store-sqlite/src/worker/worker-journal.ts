import { SECOND_MS } from '@tacho/core';
import type { Journal, JournalEntry, JournalKey, JournalVerification } from '@tacho/store';
import { storeClosed } from './store-closed.ts';
import type { WorkerClient } from './worker-client.ts';

const WRITE_LIMIT_MS = 5 * SECOND_MS;
const READ_LIMIT_MS = 30 * SECOND_MS;
const VERIFY_LIMIT_MS = 120 * SECOND_MS;

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

  async read(fromMs: number, toMs: number, limit: number, before?: JournalKey): Promise<JournalEntry[]> {
    this.#assertOpen();
    return this.#worker.call('readJournal', [fromMs, toMs, limit, before && keyOf(before)], READ_LIMIT_MS);
  }

  async verify({ head }: { head?: string } = {}): Promise<JournalVerification> {
    this.#assertOpen();
    return this.#worker.call('verifyJournal', [head], VERIFY_LIMIT_MS);
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#onClose();
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed();
  }
}

/** Of what the caller hands in, only what is asked for: it may be a whole entry. */
function keyOf({ timestampMs, writer, sequence }: JournalKey): JournalKey {
  return { timestampMs, writer, sequence };
}
