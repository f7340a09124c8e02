import { connect, type Socket } from 'node:net';
import { ReplyReader } from '../../../test/load/reply-reader.ts';
import type { PlannedRequest } from './requests.ts';

/** In what order a caller sends requests: round and round, from the first. */
export interface Plan {
  readonly requests: readonly PlannedRequest[];
  readonly first: number;
}

/** One keep-alive connection that sends its next request as soon as the reply to the one before is here. */
export class Caller {
  readonly #socket: Socket;
  readonly #plan: Plan;
  readonly #reader: ReplyReader;
  #at: number;
  #sentMs = 0;
  #mayGoOn: (nowMs: number) => boolean = () => false;
  #onReply: (durationMs: number) => void = () => {};
  #done: () => void = () => {};
  #failed: (error: Error) => void = () => {};

  private constructor(socket: Socket, plan: Plan) {
    this.#socket = socket;
    this.#plan = plan;
    this.#at = plan.first;
    this.#reader = new ReplyReader(
      ({ status }) => this.#take(status),
      () => {},
    );
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#reader.push(bytes));
    socket.on('error', (error) => this.#failed(error));
    socket.on('close', () => this.#failed(new Error('the service closed a connection')));
  }

  static open(port: number, plan: Plan): Promise<Caller> {
    return new Promise((settle, fail) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', fail);
      socket.once('connect', () => settle(new Caller(socket, plan)));
    });
  }

  /** Calls until it may not go on and the last reply is here. Rejects on any other reply than the planned one. */
  call(mayGoOn: (nowMs: number) => boolean, onReply: (durationMs: number) => void): Promise<void> {
    this.#mayGoOn = mayGoOn;
    this.#onReply = onReply;
    return new Promise((settle, fail) => {
      this.#done = settle;
      this.#failed = fail;
      this.#next(performance.now());
    });
  }

  get #planned(): PlannedRequest {
    return this.#plan.requests[this.#at]!;
  }

  #next(nowMs: number): void {
    if (this.#mayGoOn(nowMs)) {
      this.#sentMs = nowMs;
      this.#reader.requested('GET');
      this.#socket.write(this.#planned.bytes);
    } else {
      this.#done();
    }
  }

  #take(status: number): void {
    const nowMs = performance.now();
    if (status === this.#planned.status) {
      this.#onReply(nowMs - this.#sentMs);
      this.#at = (this.#at + 1) % this.#plan.requests.length;
      this.#next(nowMs);
    } else {
      this.#failed(new Error(`status ${status} in place of ${this.#planned.status}`));
    }
  }
}
