import { describe, expect, it } from '@jest/globals';
import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { propagatorFrom } from '../src/propagators.ts';

const HEADERS = {
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  tracestate: 'a=1',
  baggage: 'user=17',
};

/** What a propagator named by `OTEL_PROPAGATORS` takes out of headers, and puts into them. */
function passed(text: string | undefined): unknown {
  const propagator = propagatorFrom({ OTEL_PROPAGATORS: text });
  if (propagator === undefined) return undefined;
  const context = propagator.extract(ROOT_CONTEXT, HEADERS, defaultTextMapGetter);
  const injected: Record<string, string> = {};
  propagator.inject(context, injected, defaultTextMapSetter);
  expect(Object.keys(injected).every((name) => propagator.fields().includes(name))).toBe(true);
  return {
    traceId: trace.getSpanContext(context)?.traceId,
    user: propagation.getBaggage(context)?.getEntry('user')?.value,
    injected,
  };
}

describe('what is passed on', () => {
  const { baggage, ...parent } = HEADERS;
  const traceId = '0af7651916cd43dd8448eb211c80319c';

  it.each([
    [undefined, { traceId, user: '17', injected: HEADERS }],
    ['', { traceId, user: '17', injected: HEADERS }],
    ['tracecontext,baggage', { traceId, user: '17', injected: HEADERS }],
    [' baggage , tracecontext ', { traceId, user: '17', injected: HEADERS }],
    ['tracecontext,tracecontext', { traceId, user: undefined, injected: parent }],
    ['tracecontext', { traceId, user: undefined, injected: parent }],
    ['baggage', { traceId: undefined, user: '17', injected: { baggage } }],
    ['none', { traceId: undefined, user: undefined, injected: {} }],
    ['none,tracecontext', { traceId: undefined, user: undefined, injected: {} }],
  ])('by %j', (text, expected) => {
    expect(passed(text)).toEqual(expected);
  });

  it.each(['b3', 'tracecontext,b3', 'jaeger', 'xray', 'bogus', '__proto__', 'tracecontext,', 'TraceContext'])(
    'by %s is left to the SDK',
    (text) => {
      expect(propagatorFrom({ OTEL_PROPAGATORS: text })).toBeUndefined();
    },
  );
});
