import { SECOND_MS } from '@tacho/core';
import type { State } from '@tacho/store';
import { storeClosed } from './store-closed.ts';
import type { WorkerClient } from './worker-client.ts';

const LIMIT_MS = 5 * SECOND_MS;

/** The state of a store whose work is done in a worker. */
export class WorkerState implements State {
  readonly #worker: WorkerClient;
  readonly #onClose: () => Promise<void>;
  #open = true;

  constructor(worker: WorkerClient, onClose: () => Promise<void>) {
    this.#worker = worker;
    this.#onClose = onClose;
  }

  async get(key: string): Promise<string | undefined> {
    this.#assertOpen();
    return this.#worker.call('getState', [key], LIMIT_MS);
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    next: string | undefined,
    ttlMs?: number,
  ): Promise<boolean> {
    this.#assertOpen();
    return this.#worker.call('setState', [key, expected, next, ttlMs], LIMIT_MS);
  }

  async close(): Promise<void> {
    this.#open = false;
    await this.#onClose();
  }

  #assertOpen(): void {
    if (!this.#open) throw storeClosed();
  }
}
