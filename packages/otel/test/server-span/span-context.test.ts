import { describe, expect, it } from '@jest/globals';
import {
  type Context,
  createTraceState,
  INVALID_TRACEID,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { type Sampler, SamplingDecision, TracerProvider } from '@opentelemetry/sdk-trace';
import { samplerFrom } from '../../src/sampler.ts';
import { newSpanContext, parentIn } from '../../src/server-span/span-context.ts';

const { NONE, SAMPLED } = TraceFlags;
const CALLER: SpanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: SAMPLED,
  isRemote: true,
};
const NOT_SAMPLED = { ...CALLER, traceFlags: NONE };
const WITH_STATE = { ...CALLER, traceState: createTraceState('a=1,b=2') };

const sentBy = (caller: SpanContext): Context => trace.setSpanContext(ROOT_CONTEXT, caller);
const newIn = (context: Context, sampler?: Sampler): SpanContext =>
  newSpanContext(parentIn(context), sampler, context, 'GET');

describe('the parent of a request', () => {
  it('is what the client has sent along, if it is valid', () => {
    expect(parentIn(sentBy(CALLER))).toBe(CALLER);
    expect(parentIn(ROOT_CONTEXT)).toBeUndefined();
    expect(parentIn(ROOT_CONTEXT.setValue(Symbol('other'), 1))).toBeUndefined();
    expect(parentIn(sentBy({ ...CALLER, traceId: INVALID_TRACEID }))).toBeUndefined();
    expect(parentIn(sentBy({ ...CALLER, spanId: 'zz' }))).toBeUndefined();
  });
});

describe('a new span', () => {
  it('has a trace of its own without a parent, and is sampled', () => {
    const first = newIn(ROOT_CONTEXT);
    expect(trace.isSpanContextValid(first)).toBe(true);
    expect(first).toEqual({ traceId: first.traceId, spanId: first.spanId, traceFlags: SAMPLED });
    expect(newIn(ROOT_CONTEXT).traceId).not.toBe(first.traceId);
    expect(newIn(sentBy({ ...CALLER, spanId: 'zz' })).traceId).not.toBe(CALLER.traceId);
  });

  it.each([
    ['sampled as that is', CALLER, SAMPLED],
    ['not sampled as that is not', NOT_SAMPLED, NONE],
    ['without the flags that are not the sampler’s', { ...CALLER, traceFlags: 0xfe }, NONE],
    ['with its state', WITH_STATE, SAMPLED],
  ])('is in the trace of its parent, %s', (_how, caller, traceFlags) => {
    const own = newIn(sentBy(caller));
    expect(own.spanId).not.toBe(caller.spanId);
    expect(own).toEqual({
      traceId: caller.traceId,
      spanId: own.spanId,
      traceFlags,
      ...(caller.traceState === undefined ? {} : { traceState: caller.traceState }),
    });
  });

  const fail = (message: string): never => {
    throw new Error(message);
  };
  const names = ['always_on', 'always_off', 'parentbased_always_on', 'parentbased_always_off'];
  const contexts = [ROOT_CONTEXT, sentBy(CALLER), sentBy(NOT_SAMPLED), sentBy(WITH_STATE)];

  it.each(names)('is sampled as the SDK would sample it, by %s', (name) => {
    const sampler = samplerFrom({ OTEL_TRACES_SAMPLER: name }, fail);
    const tracer = new TracerProvider({ sampler }).getTracer('test');
    for (const context of contexts) {
      const theirs = tracer.startSpan('GET', { kind: SpanKind.SERVER }, context).spanContext();
      const own = newIn(context, sampler);
      expect([own.traceFlags, own.traceState]).toEqual([theirs.traceFlags, theirs.traceState]);
      if (context !== ROOT_CONTEXT) expect(own.traceId).toBe(theirs.traceId);
      if (name === 'parentbased_always_on') expect(newIn(context).traceFlags).toBe(theirs.traceFlags);
    }
  });

  it('has the state that its sampler gives', () => {
    const traceState = createTraceState('own=1');
    const asked: unknown[] = [];
    const sampler: Sampler = {
      shouldSample: (...args) => {
        asked.push(args);
        return { decision: SamplingDecision.RECORD, traceState };
      },
    };
    const context = sentBy(WITH_STATE);
    expect(newIn(context, sampler)).toMatchObject({ traceFlags: NONE, traceState });
    expect(asked).toEqual([[context, CALLER.traceId, 'GET', SpanKind.SERVER, {}, []]]);
  });
});
