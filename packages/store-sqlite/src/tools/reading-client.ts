import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { TachoError } from '@tacho/core';
import { ended } from '../worker/ended-worker.ts';
import { storeClosed } from '../worker/store-closed.ts';
import type {
  FromReading,
  ReadingCalls,
  ReadingMethod,
  ReadingRequest,
  ReadingWorkerData,
} from './reading-messages.ts';
import { errorOf } from './tool-error.ts';

/** Beside this file, and like it compiled or not. */
const ENTRY = new URL(`./reading-worker${extname(import.meta.url)}`, import.meta.url);

interface Call {
  resolve(result: unknown): void;
  reject(error: TachoError): void;
}

/** The main thread's side of a reading's worker, which is started by the first call, and again after it has died. */
export class ReadingClient {
  readonly #workerData: ReadingWorkerData;
  readonly #nowMs: () => number;
  readonly #calls = new Map<number, Call>();
  #worker: Worker | undefined;
  #nextId = 0;
  #closed = false;

  constructor(workerData: ReadingWorkerData, nowMs: () => number) {
    this.#workerData = workerData;
    this.#nowMs = nowMs;
  }

  /** @throws TachoError as `StoreTools` says; what the worker died of is `TACHO_STORE_UNAVAILABLE` */
  call<M extends ReadingMethod>(
    method: M,
    args: Parameters<ReadingCalls[M]>,
  ): Promise<ReturnType<ReadingCalls[M]>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw storeClosed();
      this.#worker ??= this.#start();
      const id = this.#nextId++;
      this.#worker.postMessage({ id, method, args, nowMs: this.#nowMs() } satisfies ReadingRequest);
      this.#calls.set(id, { resolve: (result) => resolve(result as ReturnType<ReadingCalls[M]>), reject });
    });
  }

  /** Idempotent; never rejects. */
  async close(): Promise<void> {
    this.#closed = true;
    const worker = this.#worker;
    this.#end(storeClosed());
    await ended(worker);
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, {
      name: 'tacho read',
      workerData: this.#workerData,
      execArgv: [],
      env: {},
      stdout: true,
      stderr: true,
    });
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      if (this.#worker === worker)
        this.#end(new TachoError('TACHO_STORE_UNAVAILABLE', 'read failed', { cause }));
    });
    worker.on('message', (message: FromReading) => {
      const call = this.#calls.get(message.id);
      this.#calls.delete(message.id);
      if ('error' in message) call?.reject(errorOf(message.error));
      else call?.resolve(message.result);
    });
    return worker;
  }

  #end(error: TachoError): void {
    this.#worker = undefined;
    for (const { reject } of this.#calls.values()) reject(error);
    this.#calls.clear();
  }
}
