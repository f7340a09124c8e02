import { createServer, type Server, type Socket } from 'node:net';

/** Who flushes more often than this is not asked to again: nobody can make a process busy by knocking. */
const FLUSHED_LATELY_MS = 500;

/** More are turned away. */
const MAX_WAITING = 64;

/** Whoever waits longer has left, or means no good. */
const WAITING_LIMIT_MS = 5_000;

/**
 * Where other processes knock that want this one to store what it has measured. Nothing is said: that the connection
 * is ended is the answer. What is wrong with it is nobody's business, as answers are then as old as the last flush.
 */
export class Door {
  readonly #server: Server;
  readonly #askToFlush: (id: number) => void;
  readonly #waiting = new Map<number, () => void>();
  #lastId = 0;
  /** Milliseconds of the monotonic clock. */
  #flushedAt = Number.NEGATIVE_INFINITY;

  /** @param askToFlush is to be answered by `flushed`, if it can be done */
  constructor(address: string, askToFlush: (id: number) => void) {
    this.#askToFlush = askToFlush;
    this.#server = createServer((caller) => this.#open(caller));
    this.#server.maxConnections = MAX_WAITING;
    this.#server.on('error', () => {});
    this.#server.listen({ path: address, exclusive: true }).unref();
  }

  /** Asks this process itself. @returns fulfilled once it has flushed */
  ask(): Promise<void> {
    return new Promise((settle) => this.#wait(settle));
  }

  flushed(id: number): void {
    this.#flushedAt = performance.now();
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }

  close(): void {
    this.#server.close();
  }

  #open(caller: Socket): void {
    caller.on('error', () => {}).resume();
    if (performance.now() - this.#flushedAt < FLUSHED_LATELY_MS) {
      caller.end();
      return;
    }
    caller.setTimeout(WAITING_LIMIT_MS, () => caller.destroy()).unref();
    const id = this.#wait(() => caller.end());
    caller.on('close', () => this.#waiting.delete(id));
  }

  #wait(flushed: () => void): number {
    const id = ++this.#lastId;
    this.#waiting.set(id, flushed);
    this.#askToFlush(id);
    return id;
  }
}
