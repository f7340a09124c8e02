import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Context,
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
  trace,
} from '@opentelemetry/api';
import {
  CompositePropagator,
  deleteRPCMetadata,
  getRPCMetadata,
  hrTimeToMilliseconds,
  isTracingSuppressed,
  RPCType,
  suppressTracing,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from '@opentelemetry/core';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import type { Exchange } from '@tacho/http';
import { RequestContext } from '../../src/server-span/request-context.ts';
import { makingOf, newExchange } from './origins.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SENT = ['Host', 'test', 'traceparent', `00-${TRACE_ID}-b7ad6b7169203331-01`, 'baggage', 'user=17'];
const OWN = createContextKey('own');

/** How often something was made. */
const made = { ids: 0, extractions: 0 };

class CountingPropagator extends CompositePropagator {
  override extract(...args: Parameters<TextMapPropagator['extract']>): Context {
    made.extractions++;
    return super.extract(...args);
  }
}

beforeEach(() => {
  Object.assign(made, { ids: 0, extractions: 0 });
  const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()];
  propagation.setGlobalPropagator(new CountingPropagator({ propagators }));
});
afterEach(() => propagation.disable());

const making = makingOf({
  sampler: {
    shouldSample: () => {
      made.ids++;
      return { decision: SamplingDecision.RECORD_AND_SAMPLED };
    },
  },
});

function requestOf(rawHeaders: string[]): IncomingMessage {
  const request = new IncomingMessage(new Socket());
  return Object.assign(request, { method: 'GET', url: '/users/17', httpVersion: '1.1', rawHeaders });
}

function contextOf(rawHeaders = ['Host', 'test'], exchange = newExchange()): RequestContext {
  return new RequestContext(making, exchange, requestOf(rawHeaders));
}

/** Ends a request as the HTTP layer does. */
function end(context: RequestContext, status = 200): void {
  const { exchange } = context;
  Object.assign(exchange, { status, durationMs: 12.5, outcome: 'completed' });
  const response = new ServerResponse(requestOf([]));
  response.statusCode = status;
  context.ended(response);
}

describe('the context of a request', () => {
  it('makes nothing before somebody asks for it', () => {
    const context = contextOf(SENT);
    expect(context.user).toBeUndefined();
    expect(made).toEqual({ ids: 0, extractions: 0 });
    const span = trace.getSpan(context);
    span?.setAttribute('enduser.id', 'user 17');
    expect(context.user).toBe('user 17');
    expect(made.ids).toBe(0);
    expect(context.traceId).toBe(TRACE_ID);
    expect(context.traceId).toBe(span?.spanContext().traceId);
    expect(made).toEqual({ ids: 1, extractions: 1 });
  });

  it('makes nothing at all of a request that nobody looks at', () => {
    const context = contextOf(SENT);
    end(context);
    expect(made).toEqual({ ids: 0, extractions: 0 });
  });

  it('reads no headers of a request that has none to pass on', () => {
    const context = contextOf();
    expect(context.sentAlong).toBe(ROOT_CONTEXT);
    expect(context.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(made).toEqual({ ids: 1, extractions: 0 });
  });

  it('has one span, which is a child of what was sent along', () => {
    const context = contextOf(SENT);
    const span = trace.getSpan(context);
    expect(span).toBe(context.span);
    expect(trace.getSpan(context)).toBe(span);
    expect(context.span.parentSpanContext).toMatchObject({ traceId: TRACE_ID, isRemote: true });
    expect(trace.getSpanContext(context)).toBe(span?.spanContext());
  });

  it('has the baggage that was sent along, and no span is made for it', () => {
    const context = contextOf(SENT);
    expect(propagation.getBaggage(context)?.getEntry('user')?.value).toBe('17');
    expect(propagation.getBaggage(contextOf())).toBeUndefined();
    expect(context.getValue(OWN)).toBeUndefined();
    expect(made).toEqual({ ids: 0, extractions: 1 });
  });

  it('has the metadata of an RPC, where frameworks leave the route', () => {
    const context = contextOf();
    const metadata = getRPCMetadata(context);
    expect(metadata).toEqual({ type: RPCType.HTTP, span: context.span });
    expect(getRPCMetadata(context)).toBe(metadata);
    Object.assign(metadata ?? {}, { route: '/theirs/:id' });
    end(context);
    expect(context.span.name).toBe('GET /theirs/:id');
    expect(context.span.attributes['http.route']).toBe('/theirs/:id');
  });

  it('is not changed by what is made of it', () => {
    const context = contextOf(SENT);
    const changed = context.setValue(OWN, 'mine');
    expect(changed.getValue(OWN)).toBe('mine');
    expect(context.getValue(OWN)).toBeUndefined();
    expect(trace.getSpan(changed)).toBe(context.span);
    expect(getRPCMetadata(changed)).toBe(getRPCMetadata(context));
    expect(propagation.getBaggage(changed)?.getEntry('user')?.value).toBe('17');
    expect(trace.getSpan(trace.deleteSpan(context))).toBeUndefined();
    expect(getRPCMetadata(deleteRPCMetadata(context))).toBeUndefined();
    expect(trace.getSpan(context)).toBe(context.span);
    expect(isTracingSuppressed(suppressTracing(context))).toBe(true);
    expect(isTracingSuppressed(context)).toBe(false);
    const other = trace.wrapSpanContext({ traceId: TRACE_ID, spanId: 'b'.repeat(16), traceFlags: 1 });
    expect(trace.getSpan(trace.setSpan(context, other))).toBe(other);
    expect(made).toEqual({ ids: 0, extractions: 1 });
  });
});

describe('the route', () => {
  const routed = (when: (context: RequestContext, exchange: Exchange) => void): string => {
    const context = contextOf();
    when(context, context.exchange);
    end(context);
    return context.span.name;
  };

  it.each<[string, (context: RequestContext, exchange: Exchange) => void]>([
    ['matched before the span is made', (_context, exchange) => exchange.matchRoute('/users/:id')],
    [
      'matched after the span was made',
      (context, exchange) => {
        expect(context.span.name).toBe('GET');
        exchange.matchRoute('/users/:id');
      },
    ],
    [
      'matched before the metadata is asked for',
      (context, exchange) => {
        exchange.matchRoute('/users/:id');
        expect(getRPCMetadata(context)).toMatchObject({ route: '/users/:id' });
      },
    ],
    [
      'matched after the metadata was asked for',
      (context, exchange) => {
        const metadata = getRPCMetadata(context);
        exchange.matchRoute('/users');
        exchange.matchRoute('/users/:id');
        expect(metadata).toMatchObject({ route: '/users/:id' });
      },
    ],
  ])('is in the span: %s', (_when, match) => {
    expect(routed(match)).toBe('GET /users/:id');
  });

  it('is in no span where no router was met', () => {
    expect(routed(() => {})).toBe('GET');
  });

  it('is not listened for when the request is over', () => {
    const context = contextOf();
    getRPCMetadata(context);
    end(context);
    expect(context.exchange.whenRouted).toBeUndefined();
  });
});

describe('a span that is asked for when the request is over', () => {
  it('has ended, as the request did', () => {
    const context = contextOf(SENT);
    context.exchange.matchRoute('/users/:id');
    end(context, 500);
    const span = trace.getSpan(context);
    expect(span?.isRecording()).toBe(false);
    expect(context.span.attributes).toMatchObject({
      'url.path': '/users/17',
      'http.route': '/users/:id',
      'http.response.status_code': 500,
      'error.type': '500',
    });
    expect(hrTimeToMilliseconds(context.span.duration)).toBeCloseTo(12.5, 3);
    expect(context.traceId).toBe(TRACE_ID);
  });
});

it('what failed ends the span, and the end of the response then changes nothing', () => {
  const context = contextOf();
  context.failed(new RangeError('boom'));
  end(context, 500);
  expect(context.span.ended).toBe(true);
  expect(context.span.attributes['error.type']).toBe('RangeError');
  expect(context.span.attributes).not.toHaveProperty(['http.response.status_code']);
});

describe('a failure that can hardly be looked at', () => {
  const boom = (): never => {
    throw new Error('no business of the application');
  };
  it.each<[string, unknown]>([
    ['has a message that throws', Object.defineProperty(new Error('x'), 'message', { get: boom })],
    ['has a name that throws', Object.defineProperty({}, 'name', { get: boom })],
    ['has a code that is no text', { code: Object.create(null) }],
    ['has a stack that throws', Object.defineProperty(new Error('x'), 'stack', { get: boom })],
    ['is a revoked proxy', revokedProxy()],
  ])('%s: nothing is thrown, and the span ends with the response at last', (_what, error) => {
    const context = contextOf();
    expect(() => context.failed(error)).not.toThrow();
    end(context, 500);
    expect(context.span.ended).toBe(true);
  });
});

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
