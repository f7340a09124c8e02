import { describe, expect, it } from '@jest/globals';
import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { samplerFrom } from '../src/sampler.ts';
import { newExchange, Tracing } from './tracing.ts';

const fail = (message: string): never => {
  throw new Error(message);
};

describe('requests are recorded, each of them', () => {
  it.each([
    ['always_off', ''],
    ['traceidratio', '0'],
    ['traceidratio', '0.01'],
    ['parentbased_always_off', ''],
    ['parentbased_always_on', ''],
  ])('by the sampler %s %s, with and without a caller that has not sampled', (name, arg) => {
    const sampler = samplerFrom({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: arg }, fail);
    const tracing = new Tracing({ sampler });
    const caller = {
      traceId: 'a'.repeat(32),
      spanId: 'b'.repeat(16),
      traceFlags: TraceFlags.NONE,
      isRemote: true,
    };
    for (let n = 0; n < 200; n++) {
      const context = n % 2 === 0 ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, caller);
      const span = tracing.provider.getTracer('test').startSpan('GET', { kind: SpanKind.SERVER }, context);
      const exchange = newExchange();
      tracing.exporter.link(span, exchange);
      tracing.endExchange(exchange);
      span.end();
    }
    expect(tracing.records).toHaveLength(200);
    expect(tracing.records.filter(({ traceId }) => traceId === caller.traceId)).toHaveLength(100);
  });
});
