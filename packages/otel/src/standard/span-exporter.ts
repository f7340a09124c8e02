import { type Span, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { type Exchange, ExchangeRecorder } from '@tacho/http';
import { COUNTED_ROUTE, LEFT_OUT, OUTCOME, type SpanOfRequest } from '../span-outcome.ts';
import type { TelemetryOptions } from '../telemetry.ts';
import { recordOfSpan } from './span-to-record.ts';

export type RecordingSpanExporterOptions = Pick<TelemetryOptions, 'record' | 'pseudonymOf' | 'otherSpan'>;

/**
 * Where a server span keeps its exchange, null until it is known; and where an exchange keeps its span. Properties,
 * because a weak map that one short-lived object after another goes through keeps room for all that ever were
 * between two collections: megabytes.
 */
const EXCHANGE = Symbol('tacho.exchange');
const SPAN = Symbol('tacho.span');

interface StartedSpan extends SpanOfRequest {
  [EXCHANGE]?: Exchange | null;
}

interface TracedExchange {
  [SPAN]?: (Span & ReadableSpan) | undefined;
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
  readonly #untraced = new ExchangeRecorder();

  constructor(options: RecordingSpanExporterOptions) {
    this.#options = options;
  }

  /** A span of our provider has started. */
  started(span: StartedSpan & { kind: SpanKind }): void {
    if (span.kind === SpanKind.SERVER) span[EXCHANGE] = null;
  }

  /** Says which exchange a span is of. Spans of other providers never reach `export`, so are not linked. */
  link(span: Span & StartedSpan, exchange: Exchange & TracedExchange): void {
    if (span[EXCHANGE] === undefined || exchange[SPAN] !== undefined) return;
    span[EXCHANGE] = exchange;
    // What our provider has started is a span of the SDK's, which can be read.
    exchange[SPAN] = span as Span & ReadableSpan;
  }

  /** The exchange is left out, and will not end. */
  leaveOut(exchange: Exchange & TracedExchange): void {
    const span = exchange[SPAN] as StartedSpan | undefined;
    if (span === undefined) return;
    span[LEFT_OUT] = true;
    span[EXCHANGE] = null;
    exchange[SPAN] = undefined;
  }

  /** The exchange is over. */
  exchangeEnded(exchange: Exchange & TracedExchange): void {
    const span = exchange[SPAN];
    if (span === undefined) this.#options.record(this.#untraced.recordOf(exchange));
    else if (span.ended) this.#record(span, exchange);
    // The instrumentation waits for the response to close, which this one does not.
    else if (exchange.isAbandoned) span.end();
  }

  export(spans: ReadableSpan[], resultCallback: Parameters<SpanExporter['export']>[1]): void {
    for (const span of spans) this.#take(span);
    resultCallback({ code: 0 });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}

  #take(span: ReadableSpan & StartedSpan): void {
    if (span.kind !== SpanKind.SERVER || span[LEFT_OUT]) return;
    const exchange = span[EXCHANGE];
    if (exchange === undefined || exchange === null) this.#options.otherSpan();
    else if (exchange.outcome !== undefined) this.#record(span, exchange);
  }

  #record(span: ReadableSpan & StartedSpan, exchange: Exchange & TracedExchange): void {
    // A connection kept alive holds its last request, and that its exchange: neither is to hold the span.
    span[EXCHANGE] = null;
    exchange[SPAN] = undefined;
    span[OUTCOME] = exchange.outcome;
    span[COUNTED_ROUTE] = exchange.route;
    this.#options.record(recordOfSpan(span, exchange, this.#options.pseudonymOf));
  }
}
