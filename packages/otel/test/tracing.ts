import { type Attributes, type Span, SpanKind } from '@opentelemetry/api';
import {
  type ReadableSpan,
  type SpanProcessor,
  TracerProvider,
  type TracerProviderOptions,
} from '@opentelemetry/sdk-trace';
import type { RequestRecord } from '@tacho/core';
import { Exchange } from '@tacho/http';
import type { Privacy } from '../src/export/privacy.ts';
import { RedactingSpanProcessor } from '../src/export/redacting-span-processor.ts';
import { TailSpanProcessor } from '../src/export/tail-span-processor.ts';
import { RecordingSpanExporter } from '../src/standard/span-exporter.ts';
import { SynchronousSpanProcessor } from '../src/standard/span-processor.ts';
import { STRICT } from './strict-privacy.ts';

export interface TracingOptions extends Omit<TracerProviderOptions, 'spanProcessors'> {
  readonly pseudonymOf?: (user: string) => string;
  readonly privacy?: Privacy;
}

/** The in-process exporter behind the SDK's own tracer provider, and all it has told. */
export class Tracing {
  readonly records: RequestRecord[] = [];
  readonly errors: unknown[] = [];
  /** What a processor behind ours was given at each span's end. */
  readonly passedOn: ReadableSpan[] = [];
  readonly exporter: RecordingSpanExporter;
  readonly provider: TracerProvider;
  otherSpans = 0;

  constructor({ pseudonymOf, privacy, ...options }: TracingOptions = {}) {
    this.exporter = new RecordingSpanExporter({
      record: (record) => this.records.push({ ...record, traceId: record.traceId }),
      pseudonymOf: pseudonymOf ?? ((user) => `pseudonym of ${user.length} characters`),
      otherSpan: () => this.otherSpans++,
    });
    const ours = new SynchronousSpanProcessor(this.exporter, (error) => this.errors.push(error));
    const redacting = new RedactingSpanProcessor(privacy ?? STRICT, this.#behind());
    const tail = new TailSpanProcessor(redacting, { info: () => {}, warn: () => {}, warnRarely: () => {} });
    this.provider = new TracerProvider({ ...options, spanProcessors: [ours, tail] });
  }

  /** Starts a span of a request, as the HTTP instrumentation does. */
  start(attributes: Attributes = {}, kind = SpanKind.SERVER): Span {
    return this.provider.getTracer('test').startSpan('GET', { kind, attributes });
  }

  /** Starts a request with its span. */
  request(attributes?: Attributes): { span: Span; exchange: Exchange } {
    const span = this.start(attributes);
    const exchange = newExchange();
    this.exporter.link(span, exchange);
    return { span, exchange };
  }

  endExchange(exchange: Exchange, end: Partial<Exchange> = {}): void {
    Object.assign(exchange, END, end);
    this.exporter.exchangeEnded(exchange);
  }

  #behind(): SpanProcessor {
    return {
      onStart: () => {},
      onEnd: (span) => this.passedOn.push(span),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
  }
}

export function newExchange(): Exchange {
  return new Exchange('GET', '/users/17', 1_750_000_000_000, 0);
}

const END: Partial<Exchange> = {
  outcome: 'completed',
  status: 200,
  route: '/users/:id',
  durationMs: 12.5,
  user: undefined,
};
