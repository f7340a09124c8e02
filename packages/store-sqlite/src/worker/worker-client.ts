import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type Clock, TachoError } from '@tacho/core';
import { ended } from './ended-worker.ts';
import {
  DONE,
  type FromWorker,
  type Method,
  PENDING,
  type Request,
  type StoreCalls,
  type StoreFigures,
  type StoreNotice,
  type StoreWorkerData,
} from './messages.ts';
import { storeClosed } from './store-closed.ts';
import { unheldTimeout } from './unheld-timeout.ts';

/** Beside this file, and like it compiled or not. */
const ENTRY = new URL(`./store-worker${extname(import.meta.url)}`, import.meta.url);

const FLUSHED_LIMIT_MS = 5_000;

/** A worker that needs more ends itself, and another takes its place. */
const MAX_HEAP_MB = 256;

export interface WorkerClientOptions {
  readonly workerData: StoreWorkerData;
  readonly clock: Pick<Clock, 'now'>;
  onNotice(notice: StoreNotice): void;
  onFigures(figures: StoreFigures): void;
  /** Another process wants to know what this one has measured. Must not reject. */
  flush(): Promise<void>;
}

interface Call {
  resolve(result: unknown): void;
  reject(error: TachoError): void;
  readonly timer: NodeJS.Timeout;
}

/**
 * The main thread's side of the worker. Calls are answered in the order in which they were made, each within its
 * limit or not at all. The worker is started by the first call, and again by the next one after it has died.
 *
 * It does not keep the process alive, even with calls under way, until `hold` is called.
 */
export class WorkerClient {
  readonly #options: WorkerClientOptions;
  readonly #calls = new Map<number, Call>();
  /** Given up on; the worker still has to come to them. */
  readonly #overdue = new Set<number>();
  #worker: Worker | undefined;
  #nextId = 0;
  #holding = false;
  #closing: Promise<void> | undefined;
  #closed = false;

  constructor(options: WorkerClientOptions) {
    this.#options = options;
  }

  /**
   * @param limitMs once it has passed the call is rejected; the worker may carry it out all the same
   * @throws TachoError TACHO_STORE_UNAVAILABLE
   */
  call<M extends Method>(
    method: M,
    args: Parameters<StoreCalls[M]>,
    limitMs: number,
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<ReturnType<StoreCalls[M]>> {
    return new Promise((resolve, reject) => {
      const id = this.#nextId++;
      const worker = this.#post({ id, method, args, outcome: undefined }, transfer);
      const timer = unheldTimeout(() => this.#giveUp(id), limitMs);
      this.#calls.set(id, {
        resolve: (result) => resolve(result as ReturnType<StoreCalls[M]>),
        reject,
        timer,
      });
      if (this.#holding) worker.ref();
    });
  }

  /** For a process that is about to exit: waits without an event loop. @returns whether it was done in time */
  callAtExit<M extends Method>(method: M, args: Parameters<StoreCalls[M]>, limitMs: number): boolean {
    const outcome = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    try {
      this.#post({ id: this.#nextId++, method, args, outcome }, []);
      Atomics.wait(outcome, 0, PENDING, limitMs);
    } catch {
      return false;
    }
    return Atomics.load(outcome, 0) === DONE;
  }

  /** From now on, calls that are under way keep the process alive until they are settled. */
  hold(): void {
    this.#holding = true;
    if (this.#calls.size > 0) this.#worker?.ref();
  }

  /** Waits up to `limitMs` for the calls under way, and ends the worker. Never rejects. */
  close(limitMs: number): Promise<void> {
    this.#closing ??= this.#close(limitMs);
    return this.#closing;
  }

  async #close(limitMs: number): Promise<void> {
    if (this.#worker !== undefined) {
      this.#holding = true;
      await this.call('close', [], limitMs).catch(() => {});
    }
    this.#closed = true;
    const worker = this.#worker;
    this.#end(storeClosed());
    await ended(worker);
  }

  #readyWorker(): Worker {
    if (this.#closed) throw storeClosed();
    if (this.#overdue.size > 0) throw unavailable('The store does not answer.');
    try {
      this.#worker ??= this.#start();
      return this.#worker;
    } catch (cause) {
      throw this.#failed('The thread of the store can not be started.', cause);
    }
  }

  #start(): Worker {
    const worker = new Worker(ENTRY, {
      name: 'tacho store',
      workerData: this.#options.workerData,
      // Nothing of the application's: its hooks, its variables, its standard streams. (What little SQLite's warning
      // is stays unread: a stream that is read keeps the process alive.)
      execArgv: [],
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
    });
    try {
      this.#listen(worker);
      // After the listeners, which would keep the process alive.
      worker.unref();
    } catch (error) {
      void ended(worker);
      throw error;
    }
    return worker;
  }

  #listen(worker: Worker): void {
    let cause: unknown;
    worker.on('error', (error) => {
      cause = error;
    });
    worker.on('exit', () => {
      if (this.#worker === worker) this.#end(this.#failed('The store failed, and is started anew.', cause));
    });
    worker.on('message', (message: FromWorker) => this.#hear(message));
  }

  /** What the worker would have told by itself, if it could. */
  #failed(reason: string, cause: unknown): TachoError {
    this.#options.onNotice({ kind: 'unavailable', reason, hint: undefined });
    return unavailable(reason, cause);
  }

  /** @throws TachoError TACHO_STORE_UNAVAILABLE */
  #post(request: Omit<Request, 'nowMs'>, transfer: readonly ArrayBuffer[]): Worker {
    const worker = this.#readyWorker();
    try {
      worker.postMessage({ ...request, nowMs: this.#options.clock.now() } satisfies Request, transfer);
      return worker;
    } catch (cause) {
      throw unavailable('The store can not be asked that.', cause);
    }
  }

  #hear(message: FromWorker): void {
    if ('notice' in message) {
      this.#options.onNotice(message.notice);
      return;
    }
    if ('flush' in message) {
      void this.#flush(message.flush);
      return;
    }
    this.#options.onFigures(message.figures);
    this.#overdue.delete(message.id);
    const call = this.#take(message.id);
    if (message.error === undefined) call?.resolve(message.result);
    else call?.reject(new TachoError(message.error.code, message.error.message, hintOf(message.error.hint)));
  }

  async #flush(id: number): Promise<void> {
    try {
      await this.#options.flush();
      await this.call('flushed', [id], FLUSHED_LIMIT_MS);
    } catch {
      // Whoever asked does not wait for long.
    }
  }

  #giveUp(id: number): void {
    this.#overdue.add(id);
    this.#take(id)?.reject(unavailable('The store did not answer in time.'));
  }

  #take(id: number): Call | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    try {
      clearTimeout(call?.timer);
      if (this.#calls.size === 0) this.#worker?.unref();
    } catch {
      // It is settled all the same.
    }
    return call;
  }

  #end(error: TachoError): void {
    this.#worker = undefined;
    this.#overdue.clear();
    for (const id of [...this.#calls.keys()]) this.#take(id)?.reject(error);
  }
}

function hintOf(hint: string | undefined): { hint?: string } {
  return hint === undefined ? {} : { hint };
}

function unavailable(message: string, cause?: unknown): TachoError {
  return new TachoError('TACHO_STORE_UNAVAILABLE', message, { cause });
}
