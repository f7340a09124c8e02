import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { type Context, ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { type ReadableSpan, type SpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Exchange, RequestTrace } from '@tacho/http';
import { HELD_SPANS_LIMITS, type HeldSpansLimits } from '../src/export/held-spans.ts';
import { TailSpanProcessor } from '../src/export/tail-span-processor.ts';
import { samplerFrom } from '../src/sampler.ts';
import { ServerInstrumentation } from '../src/server-span/server-instrumentation.ts';
import { makingOf, newExchange } from './server-span/origins.ts';
import { Tracing } from './tracing.ts';

/** What goes out, behind the processor that decides it. */
class Exported {
  readonly names: string[] = [];
  readonly tail: TailSpanProcessor;
  readonly provider: TracerProvider;
  readonly sampler;

  constructor(sampling: string, limits?: Partial<HeldSpansLimits>) {
    const behind: SpanProcessor = {
      onStart: () => {},
      onEnd: ({ name }: ReadableSpan) => this.names.push(name),
      forceFlush: async () => {},
      shutdown: async () => {},
    };
    const notices = { info: () => {}, warn: () => {}, warnRarely: () => {} };
    this.tail = new TailSpanProcessor(behind, notices, { ...HELD_SPANS_LIMITS, ...limits });
    this.sampler = samplerFrom({ OTEL_TRACES_SAMPLER: sampling }, () => {});
    this.provider = new TracerProvider({ sampler: this.sampler, spanProcessors: [this.tail] });
  }
}

const aRequest = (): IncomingMessage =>
  Object.assign(new IncomingMessage(new Socket()), { method: 'GET', url: '/own', httpVersion: '1.1' });

const contextOf = ({ trace }: Exchange): Context => (trace as RequestTrace).context as Context;

describe.each(['parentbased_always_on', 'parentbased_always_off'])('where the sampler is %s', (sampling) => {
  it('no span of a request that we trace and leave out goes out, nor any below it', () => {
    const exported = new Exported(sampling);
    const { tail: processor, sampler } = exported;
    const server = new ServerInstrumentation(makingOf({ processor, sampler }));
    const [own, other] = [newExchange(), newExchange()];
    own.trace = server.begin(own, aRequest());
    other.trace = server.begin(other, aRequest());
    const tracer = exported.provider.getTracer('test');
    const before = tracer.startSpan('before', {}, contextOf(own));
    const belowOther = tracer.startSpan('below the other', {}, contextOf(other));
    server.leaveOut(own);
    const after = tracer.startSpan('after', {}, contextOf(own));
    expect(after.isRecording()).toBe(false);
    expect(isTracingSuppressed(contextOf(own))).toBe(true);
    expect(trace.getSpan(contextOf(own))).toBeUndefined();
    for (const span of [before, after, belowOther]) span.end();
    own.trace?.failed(new Error('a listener that failed'));
    other.trace?.failed(new Error('likewise'));
    expect(exported.names.sort()).toEqual(['GET', 'below the other']);
  });

  it('no span of the instrumentation’s goes out where its request is left out, nor any below it', () => {
    const tracing = new Tracing({ sampler: samplerFrom({ OTEL_TRACES_SAMPLER: sampling }, () => {}) });
    const [own, other] = [tracing.request(), tracing.request()];
    const tracer = tracing.provider.getTracer('test');
    const [below, belowOther] = [own, other].map(({ span }) =>
      tracer.startSpan('below', { kind: SpanKind.CLIENT }, trace.setSpan(ROOT_CONTEXT, span)),
    );
    tracing.exporter.leaveOut(own.exchange);
    tracing.endExchange(other.exchange, { outcome: 'aborted' });
    for (const span of [below, belowOther, own.span, other.span]) span?.end();
    expect(tracing.passedOn.map((span) => span.spanContext().traceId)).toEqual(
      Array(2).fill(other.span.spanContext().traceId),
    );
    expect(tracing.records).toHaveLength(1);
    expect(tracing.otherSpans).toBe(0);
    expect(tracing.errors).toEqual([]);
  });
});

describe('of a request that is left out', () => {
  it('no span is held that waited for how it would end', () => {
    // Room for the spans of a few requests.
    const { tail, provider, sampler } = new Exported('parentbased_always_off', { bytes: 6_000 });
    const server = new ServerInstrumentation(makingOf({ processor: tail, sampler }));
    const begin = (): Exchange => {
      const exchange = newExchange();
      exchange.trace = server.begin(exchange, aRequest());
      provider.getTracer('test').startSpan('below', {}, contextOf(exchange)).end();
      return exchange;
    };
    for (let n = 0; n < 100; n++) server.leaveOut(begin());
    expect(tail.letGo).toBe(0);
    for (let n = 0; n < 100; n++) begin();
    expect(tail.letGo).toBeGreaterThan(0);
  });
});
