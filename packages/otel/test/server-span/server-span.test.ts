import { describe, expect, it } from '@jest/globals';
import { type Context, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import { defaultResource } from '@opentelemetry/resources';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import type { Exchange } from '@tacho/http';
import { ServerSpan } from '../../src/server-span/server-span.ts';
import type { SpanMaking } from '../../src/server-span/span-making.ts';
import { makingOf, newExchange, originOf } from './origins.ts';

/** A span, and what happens to it: how often it was given ids and asked for its resource. */
function watched(parts: Partial<SpanMaking> = {}, sentAlong?: Context) {
  const asked = { ids: 0, resource: 0 };
  const making = makingOf({
    sampler: {
      shouldSample: () => {
        asked.ids++;
        return { decision: SamplingDecision.RECORD_AND_SAMPLED };
      },
    },
    resource: () => {
      asked.resource++;
      return defaultResource();
    },
    ...parts,
  });
  const exchange = newExchange();
  const span = new ServerSpan(originOf(exchange, sentAlong), making);
  return { asked, exchange, span };
}

/** Ends an exchange as the HTTP layer does before it tells the trace. */
function end(exchange: Exchange, status: number, durationMs: number): void {
  Object.assign(exchange, { status, durationMs, outcome: 'completed' });
}

describe('what a server span is made of', () => {
  it('is not made before it is asked for, and then once', () => {
    const { asked, span, exchange } = watched();
    span.setAttribute('a', 1).updateName('b').addEvent('c');
    end(exchange, 200, 5);
    span.endOfResponse(200, '/users/:id');
    expect(asked).toEqual({ ids: 0, resource: 0 });
    expect(span.spanContext()).toBe(span.spanContext());
    expect(span.resource).toEqual(defaultResource());
    expect(asked).toEqual({ ids: 1, resource: 1 });
    expect(span.attributes).toBe(span.attributes);
  });

  it('has the parent that was sent along', () => {
    const caller = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1, isRemote: true };
    const { span } = watched({}, trace.setSpanContext(ROOT_CONTEXT, caller));
    expect(span.parentSpanContext).toEqual(caller);
    expect(span.spanContext().traceId).toBe(caller.traceId);
    expect(watched().span.parentSpanContext).toBeUndefined();
  });
});

describe('the end of the response', () => {
  const answered = (status: number, route?: string, isRead = false): ServerSpan => {
    const { span, exchange } = watched();
    if (isRead) expect(span.attributes).toHaveProperty(['url.path'], '/users/17');
    end(exchange, status, 12.5);
    span.endOfResponse(status, route);
    return span;
  };

  it.each<[number, string | undefined, string | undefined, SpanStatusCode]>([
    [200, '/users/:id', undefined, SpanStatusCode.UNSET],
    [404, undefined, undefined, SpanStatusCode.UNSET],
    [500, '/users/:id', '500', SpanStatusCode.ERROR],
    [599, undefined, '599', SpanStatusCode.ERROR],
    [600, undefined, undefined, SpanStatusCode.ERROR],
    [99, undefined, undefined, SpanStatusCode.ERROR],
  ])('is in its attributes, its name and its status: %i %s', (status, route, errorType, code) => {
    for (const isRead of [false, true]) {
      const span = answered(status, route, isRead);
      expect(span.attributes['http.response.status_code']).toBe(status);
      expect(span.attributes['http.route']).toBe(route);
      expect(span.attributes['error.type']).toBe(errorType);
      expect(span.name).toBe(route === undefined ? 'GET' : `GET ${route}`);
      expect(span.status).toEqual({ code });
    }
  });

  it('is its end, as long after its start as the exchange took', () => {
    const span = answered(200);
    expect(span.ended).toBe(true);
    expect(hrTimeToMilliseconds(span.duration)).toBeCloseTo(12.5, 3);
    expect(span.setAttribute('late', 1).attributes).not.toHaveProperty('late');
  });

  it('is now where the exchange has not ended', () => {
    const { span } = watched();
    span.endOfResponse(200, undefined);
    expect(hrTimeToMilliseconds(span.duration)).toBeLessThan(1_000);
  });

  it('changes nothing where the application has ended the span', () => {
    const { span, exchange } = watched();
    span.end();
    end(exchange, 500, 60_000);
    span.endOfResponse(500, '/users/:id');
    expect([span.name, span.status]).toEqual(['GET', { code: SpanStatusCode.UNSET }]);
    expect(span.attributes).not.toHaveProperty(['http.response.status_code']);
    expect(hrTimeToMilliseconds(span.duration)).toBeLessThan(1_000);
  });

  it('leaves a status alone that the application has set to OK', () => {
    const { span } = watched();
    span.setStatus({ code: SpanStatusCode.OK });
    span.endOfResponse(500, undefined);
    expect(span.status).toEqual({ code: SpanStatusCode.OK });
  });
});

describe('a failure', () => {
  it.each<[unknown, string, string | undefined, object | undefined]>([
    [new RangeError('boom'), 'RangeError', 'boom', { 'exception.type': 'RangeError' }],
    [Object.assign(new Error('gone'), { code: 'ENOENT' }), 'Error', 'gone', { 'exception.type': 'ENOENT' }],
    ['a text', 'string', undefined, { 'exception.message': 'a text' }],
    ['', 'string', undefined, undefined],
    [{ name: 7 }, 'object', undefined, { 'exception.type': 7 }],
    [undefined, 'undefined', undefined, undefined],
    [null, 'object', undefined, undefined],
    [17, 'number', undefined, undefined],
  ])(
    'is told by its type, its message and an event, and ends the span: %p',
    (error, type, message, event) => {
      const { span } = watched();
      span.fail(error);
      expect(span.ended).toBe(true);
      expect(span.attributes['error.type']).toBe(type);
      expect(span.status).toEqual({
        code: SpanStatusCode.ERROR,
        ...(message === undefined ? {} : { message }),
      });
      expect(span.events.map(({ name, attributes }) => [name, attributes])).toEqual(
        event === undefined ? [] : [['exception', expect.objectContaining(event)]],
      );
      span.fail(new Error('another'));
      expect(span.attributes['error.type']).toBe(type);
    },
  );
});

describe('the user', () => {
  it.each<[unknown, string | undefined]>([
    ['user 17', 'user 17'],
    ['', undefined],
    [17, undefined],
    [null, undefined],
    [['a'], undefined],
  ])('is what the application sets as `enduser.id`: %j', (value, user) => {
    const { span, asked } = watched({ limits: { ...makingOf().limits, attributeCountLimit: 0 } });
    expect(span.user).toBeUndefined();
    span.setAttributes({ 'enduser.id': value as string });
    expect([span.user, asked.ids]).toEqual([user, 0]);
    span.end();
    span.setAttribute('enduser.id', 'too late');
    expect(span.user).toBe(user);
  });
});
