import { SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import type { RequestRecord } from '@tacho/core';
import { type Exchange, type ExchangeEnd, recordOfExchange } from '@tacho/http';
import { recordOfSpan } from './span-to-record.ts';

export interface RecordingSpanExporterOptions {
  readonly record: (record: RequestRecord) => void;
  /** Turns a user's name into a pseudonym. Must not throw. */
  readonly pseudonymOf: (user: string) => string;
  /** Called for server spans that belong to no HTTP request, such as those of RPC or queue libraries. */
  readonly otherSpan: () => void;
}

/**
 * Turns server spans into records, one for each request, whatever the sampler decides: it is given every
 * span the moment it ends (`SynchronousSpanProcessor`), sampled or not.
 *
 * A span and its exchange end in the same event of the response, the exchange first. The other order is a
 * handler's error, which ends the span at once while the response may still be answered: such a span waits
 * for its exchange. An exchange without a span of ours is recorded as it is.
 */
export class RecordingSpanExporter implements SpanExporter {
  readonly #options: RecordingSpanExporterOptions;
  /** Server spans of our provider under way; undefined until the exchange is known. */
  readonly #exchangeOf = new WeakMap<object, Exchange | undefined>();
  readonly #linked = new WeakSet<Exchange>();
  readonly #endedEarly = new WeakMap<Exchange, ReadableSpan>();

  constructor(options: RecordingSpanExporterOptions) {
    this.#options = options;
  }

  /** A span of our provider has started. */
  started(span: object & { kind: SpanKind }): void {
    if (span.kind === SpanKind.SERVER) this.#exchangeOf.set(span, undefined);
  }

  /** Says which exchange a span is of. Spans of other providers never reach `export`, so are not linked. */
  link(span: object, exchange: Exchange): void {
    if (!this.#exchangeOf.has(span) || this.#linked.has(exchange)) return;
    this.#exchangeOf.set(span, exchange);
    this.#linked.add(exchange);
  }

  /** The exchange is over. */
  exchangeEnded(exchange: Exchange, end: ExchangeEnd): void {
    const span = this.#endedEarly.get(exchange);
    if (span !== undefined) this.#record(span, exchange, end);
    else if (!this.#linked.has(exchange)) this.#options.record(recordOfExchange(exchange, end));
  }

  export(spans: ReadableSpan[], resultCallback: Parameters<SpanExporter['export']>[1]): void {
    for (const span of spans) this.#take(span);
    resultCallback({ code: 0 });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  #take(span: ReadableSpan): void {
    if (span.kind !== SpanKind.SERVER) return;
    const exchange = this.#exchangeOf.get(span);
    if (exchange === undefined) this.#options.otherSpan();
    else if (exchange.end === undefined) this.#endedEarly.set(exchange, span);
    else this.#record(span, exchange, exchange.end);
  }

  #record(span: ReadableSpan, exchange: Exchange, end: ExchangeEnd): void {
    this.#options.record(recordOfSpan(span, exchange, end, this.#options.pseudonymOf));
  }
}
