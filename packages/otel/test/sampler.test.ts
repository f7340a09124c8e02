import { describe, expect, it } from '@jest/globals';
import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { SamplingDecision, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Environment } from '../src/environment.ts';
import { samplerFrom } from '../src/sampler.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

/** The context of a request whose caller has, or has not, sampled the trace. */
function calledBy(traceFlags: TraceFlags) {
  const caller = { traceId: TRACE_ID, spanId: 'b7ad6b7169203331', traceFlags, isRemote: true };
  return trace.setSpanContext(ROOT_CONTEXT, caller);
}

function warned(environment: Environment): { sampler: ReturnType<typeof samplerFrom>; warnings: string[] } {
  const warnings: string[] = [];
  return { sampler: samplerFrom(environment, (message) => warnings.push(message)), warnings };
}

/** Whether spans with no caller, with one that sampled, and with one that did not, are sampled: each always is recorded. */
function sampled(environment: Environment): boolean[] {
  const { sampler, warnings } = warned(environment);
  expect(warnings).toEqual([]);
  const tracer = new TracerProvider({ sampler }).getTracer('test');
  return [ROOT_CONTEXT, calledBy(TraceFlags.SAMPLED), calledBy(TraceFlags.NONE)].map((context) => {
    const span = tracer.startSpan('GET', { kind: SpanKind.SERVER }, context);
    expect(span.isRecording()).toBe(true);
    return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
  });
}

describe('a span is always recorded, and sampled as its sampler decides', () => {
  it.each([
    [undefined, undefined, [true, true, false]],
    ['always_on', undefined, [true, true, true]],
    ['always_off', undefined, [false, false, false]],
    ['traceidratio', '0', [false, false, false]],
    ['traceidratio', '1', [true, true, true]],
    ['traceidratio', undefined, [true, true, true]],
    ['parentbased_always_on', undefined, [true, true, false]],
    ['parentbased_always_off', undefined, [false, true, false]],
    ['parentbased_traceidratio', '0', [false, true, false]],
    ['parentbased_traceidratio', '0.0', [false, true, false]],
    ['parentbased_traceidratio', '1.', [true, true, false]],
    [' always_off ', undefined, [false, false, false]],
    ['', '', [true, true, false]],
  ])('%s %s', (name, arg, expected) => {
    expect(sampled({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: arg })).toEqual(expected);
  });

  it('a ratio between 0 and 1 samples that share of traces', () => {
    const { sampler } = warned({ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '.25' });
    const tracer = new TracerProvider({ sampler }).getTracer('test');
    let count = 0;
    for (let i = 0; i < 2_000; i++) {
      const span = tracer.startSpan('GET', {}, ROOT_CONTEXT);
      expect(span.isRecording()).toBe(true);
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) count++;
    }
    // Five standard deviations to either side.
    expect(count / 2_000).toBeGreaterThan(0.2);
    expect(count / 2_000).toBeLessThan(0.3);
  });

  it('and what the sampler adds to a span is kept', () => {
    const { sampler } = warned({ OTEL_TRACES_SAMPLER: 'always_off' });
    const { decision } = sampler.shouldSample(ROOT_CONTEXT, TRACE_ID, 'GET', SpanKind.SERVER, {}, []);
    expect(decision).toBe(SamplingDecision.RECORD);
    expect(String(sampler)).toContain('AlwaysOff');
  });
});

describe('an unusable value is warned of once, by variable, value and what is allowed', () => {
  it.each(['bogus', 'ALWAYS_ON', 'jaeger_remote', '__proto__', 'constructor', 'x'.repeat(10_000)])(
    'OTEL_TRACES_SAMPLER=%.20s',
    (name) => {
      const { sampler, warnings } = warned({ OTEL_TRACES_SAMPLER: name });
      expect(warnings).toEqual([
        `OTEL_TRACES_SAMPLER is "${name.slice(0, 60)}"; allowed: always_on, always_off, traceidratio, ` +
          'parentbased_always_on, parentbased_always_off, parentbased_traceidratio. parentbased_always_on is used.',
      ]);
      const decisions = [ROOT_CONTEXT, calledBy(TraceFlags.NONE)].map(
        (context) => sampler.shouldSample(context, TRACE_ID, 'GET', SpanKind.SERVER, {}, []).decision,
      );
      expect(decisions).toEqual([SamplingDecision.RECORD_AND_SAMPLED, SamplingDecision.RECORD]);
    },
  );

  it.each(['-0.1', '1.1', 'NaN', 'Infinity', '1e-3', '0x1', '50%', '١', 'x'.repeat(10_000)])(
    'OTEL_TRACES_SAMPLER_ARG=%.20s',
    (arg) => {
      const { sampler, warnings } = warned({
        OTEL_TRACES_SAMPLER: 'traceidratio',
        OTEL_TRACES_SAMPLER_ARG: arg,
      });
      expect(warnings).toEqual([
        `OTEL_TRACES_SAMPLER_ARG is "${arg.slice(0, 60)}"; allowed: a number from 0 to 1. 1 is used.`,
      ]);
      const { decision } = sampler.shouldSample(ROOT_CONTEXT, TRACE_ID, 'GET', SpanKind.SERVER, {}, []);
      expect(decision).toBe(SamplingDecision.RECORD_AND_SAMPLED);
    },
  );
});
