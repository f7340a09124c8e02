import { connect, type Socket } from 'node:net';
import { type Reply, ReplyReader } from './reply-reader.ts';
import type { Request } from './request.ts';

/** Longest wait for anything. A test that waits so long has failed. */
const LIMIT_MS = 30_000;

/** A client's connection, written to and read from byte by byte: nothing is retried, pooled or parsed away. */
export class Connection {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  readonly #reader: ReplyReader;
  #replies: Reply[] = [];
  #wanted = 0;
  #arrived: ((replies: Reply[]) => void) | undefined;
  #failed: ((error: Error) => void) | undefined;
  #continued: (() => void) | undefined;
  #begun: (() => void) | undefined;
  #open = true;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#reader = new ReplyReader(
      (reply) => this.#take(reply),
      () => this.#continued?.(),
    );
    this.closed = new Promise((settle) => socket.once('close', () => settle()));
    socket.setNoDelay(true);
    socket.setTimeout(LIMIT_MS, () => socket.destroy(new Error(`nothing happened for ${LIMIT_MS} ms`)));
    socket.on('data', (bytes) => {
      this.#reader.push(bytes);
      if (this.#reader.unfinished !== undefined) this.#begun?.();
    });
    socket.on('end', () => this.#reader.end());
    socket.on('error', (error) => this.#failed?.(error));
    socket.on('close', () => {
      this.#open = false;
      this.#failed?.(
        new Error(`the connection closed ${this.#wanted - this.#replies.length} replies too early`),
      );
    });
  }

  static open(port: number): Promise<Connection> {
    return new Promise((settle, fail) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.off('error', fail);
        settle(new Connection(socket));
      });
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Writes the requests in one go and waits for all their replies: with more than one, that is pipelining. */
  async exchange(requests: readonly Request[]): Promise<Reply[]> {
    const replies = this.#expect(requests.length);
    this.write(requests);
    return replies;
  }

  async exchangeOne(single: Request): Promise<Reply> {
    const [reply] = await this.exchange([single]);
    if (reply === undefined) throw new Error('no reply');
    return reply;
  }

  write(requests: readonly Request[]): void {
    for (const { method } of requests) this.#reader.requested(method);
    this.writeBytes(requests.map(({ bytes }) => bytes).join(''));
  }

  writeBytes(bytes: string): void {
    this.socket.write(bytes, 'latin1');
  }

  /** Waits for the server's `100 Continue`: with it, the server has told its application of the request. */
  continued(): Promise<void> {
    return this.#orFailure((settle) => {
      this.#continued = settle;
    });
  }

  /** Waits until the headers of a response and a part of its body are here. */
  responseBegun(): Promise<void> {
    return this.#orFailure((settle) => {
      this.#begun = settle;
    });
  }

  close(): Promise<void> {
    this.#failed = undefined;
    this.socket.end();
    return this.closed;
  }

  /** Goes away without a word: with a FIN, or with a RST. */
  leave(how: 'fin' | 'rst' = 'fin'): Promise<void> {
    this.#failed = undefined;
    if (how === 'fin') this.socket.destroy();
    else this.socket.resetAndDestroy();
    return this.closed;
  }

  #expect(count: number): Promise<Reply[]> {
    this.#replies = [];
    this.#wanted = count;
    return new Promise((settle, fail) => {
      this.#arrived = settle;
      this.#failed = fail;
    });
  }

  #orFailure(wait: (settle: () => void) => void): Promise<void> {
    return new Promise((settle, fail) => {
      this.#failed = fail;
      wait(settle);
    });
  }

  #take(reply: Reply): void {
    this.#replies.push(reply);
    if (this.#replies.length !== this.#wanted) return;
    this.#failed = undefined;
    this.#arrived?.(this.#replies);
  }
}
