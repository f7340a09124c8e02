import type { IncomingMessage } from 'node:http';
import type { Exchange } from '../src/exchange.ts';
import { Exclusions } from '../src/excluded.ts';
import type { RequestTracing, Tracing } from '../src/request-tracing.ts';
import { ServerHooks } from '../src/server-hooks.ts';

export interface WatchOptions {
  readonly ignoredPaths?: readonly string[];
  readonly userOf?: (request: IncomingMessage, named: string | undefined) => string | undefined;
  readonly onEnd?: (exchange: Exchange, request: IncomingMessage) => void;
  readonly tracing?: RequestTracing;
  readonly leaveOut?: Tracing['leaveOut'];
}

/** Server hooks, installed in this process, and all they have told. */
export class Watch {
  readonly hooks: ServerHooks;
  readonly ended: Exchange[] = [];
  readonly #notMeasured = new Map<string, number>();
  #wake: () => void = () => {};

  constructor({
    ignoredPaths = [],
    userOf = () => undefined,
    onEnd = () => {},
    tracing,
    leaveOut,
  }: WatchOptions = {}) {
    this.hooks = new ServerHooks({
      exclusions: new Exclusions(ignoredPaths),
      userOf,
      notMeasured: (kind) => {
        this.#notMeasured.set(kind, (this.#notMeasured.get(kind) ?? 0) + 1);
        this.#wake();
      },
      onEnd: (exchange, request) => {
        onEnd(exchange, request);
        this.ended.push(exchange);
        this.#wake();
      },
      now: Date.now,
      attach: () => tracing && { own: tracing, ...(leaveOut && { leaveOut }) },
    });
  }

  static install(options?: WatchOptions): Watch {
    const watch = new Watch(options);
    watch.hooks.install();
    return watch;
  }

  /** How many requests were seen and left out, by name. */
  get notMeasured(): Record<string, number> {
    return Object.fromEntries(this.#notMeasured);
  }

  /** Each exchange in the order of their ends, as `METHOD route status outcome`. */
  get lines(): string[] {
    return this.ended.map(({ method, route, status, outcome }) => `${method} ${route} ${status} ${outcome}`);
  }

  /** @returns the lines once `count` exchanges have ended, and a moment more has shown that they are all */
  async linesOf(count: number): Promise<string[]> {
    await this.until(() => this.ended.length >= count);
    await new Promise((settle) => setTimeout(settle, 20));
    return this.lines;
  }

  /** Waits until `reached` holds; it is asked again whenever something was told. */
  async until(reached: () => boolean, limitMs = 5_000): Promise<void> {
    const giveUpAt = Date.now() + limitMs;
    while (!reached()) {
      if (Date.now() > giveUpAt)
        throw new Error(`told so far: ${JSON.stringify([this.lines, this.notMeasured])}`);
      await new Promise<void>((settle) => {
        const timer = setTimeout(settle, 50);
        this.#wake = () => {
          clearTimeout(timer);
          settle();
        };
      });
    }
  }
}
