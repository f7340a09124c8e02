import { describe, expect, it } from '@jest/globals';
import { OVERFLOW_ROUTE } from '@tacho/core';
import { attachExchange, Exchange, exchangeOf, isAnnounced } from '../src/exchange.ts';
import { ExchangeRecorder } from '../src/observe.ts';
import type { RequestTrace } from '../src/request-trace.ts';
import { UrlTemplates } from '../src/url-templates.ts';

const exchange = (path = '/', { method = 'GET', status = 200, isAnswered = true } = {}): Exchange => {
  const begun = new Exchange(method, path, 1_750_000_000_000, 5);
  begun.status = status;
  begun.isAnswered = isAnswered;
  return begun;
};

describe('the route of an exchange', () => {
  it('is the template the router matched last', () => {
    const routed = exchange('/users/17');
    routed.matchRoute('/users');
    routed.matchRoute('/users/:id');
    expect(routed.routeOf(new UrlTemplates())).toBe('/users/:id');
    expect(routed.routerTemplate).toBe('/users/:id');
  });

  it('is learned from the path where no router was met', () => {
    const unrouted = exchange('/users/17');
    expect(unrouted.routeOf(new UrlTemplates())).toBe('/users/{id}');
    expect(unrouted.routerTemplate).toBeUndefined();
  });

  it.each([
    ['GET', 200, '/people/jane'],
    ['POST', 302, '/people/jane'],
    ['GET', 500, '/people/jane'],
    ['GET', 404, '/{name}/{name}'],
    ['GET', 401, '/{name}/{name}'],
    ['_OTHER', 501, '/{name}/{name}'],
    ['OPTIONS', 204, '/{name}/{name}'],
  ])('has words of the path only where the answer shows that it is one: %s, %i', (method, status, route) => {
    const unrouted = exchange('/people/jane', { method, status });
    expect(unrouted.routeOf(new UrlTemplates())).toBe(route);
  });

  it.each([
    ['GET', 200],
    ['POST', 201],
    ['GET', 101],
  ])('has none of the path where nobody has answered, whatever the status: %s, %i', (method, status) => {
    const unanswered = exchange('/people/jane', { method, status, isAnswered: false });
    expect(unanswered.routeOf(new UrlTemplates())).toBe('/{name}/{name}');
  });

  it('has the words that were learned before, though this time nobody has answered', () => {
    const templates = new UrlTemplates();
    exchange('/people/17').routeOf(templates);
    expect(exchange('/people/jane', { isAnswered: false }).routeOf(templates)).toBe('/people/{name}');
  });

  it('is the overflow route where nothing more can be learned', () => {
    const full = new UrlTemplates();
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    for (const a of letters) for (const b of letters) full.learn(`/${a}/${b}/x`);
    expect(exchange('/never/seen/before').routeOf(full)).toBe(OVERFLOW_ROUTE);
  });

  it('is cut at 300 characters', () => {
    const routed = exchange();
    routed.matchRoute(`/${'a'.repeat(300)}`);
    expect(routed.routeOf(new UrlTemplates())).toBe(`/${'a'.repeat(299)}`);
    routed.matchRoute('b'.repeat(300));
    expect(routed.routeOf(new UrlTemplates())).toBe('b'.repeat(300));
  });

  it('is told at once, as it is kept', () => {
    const routed = exchange();
    const told: string[] = [];
    routed.whenRouted = (template) => told.push(template);
    routed.matchRoute('/users');
    routed.matchRoute('a'.repeat(1_000));
    expect(told).toEqual(['/users', 'a'.repeat(300)]);
  });
});

describe('an exchange on its request', () => {
  it('is found again, and out of sight', () => {
    const request = { url: '/' };
    const attached = exchange();
    attachExchange(request, attached);
    expect(exchangeOf(request)).toBe(attached);
    expect(Object.keys(request)).toEqual(['url']);
    expect(JSON.stringify(request)).toBe('{"url":"/"}');
  });

  it('is undefined where there is none', () => {
    expect(exchangeOf({})).toBeUndefined();
    expect(exchangeOf(undefined)).toBeUndefined();
    expect(isAnnounced({})).toBe(false);
  });

  it('is undefined where the request is left out, which is known from then on', () => {
    const request = {};
    attachExchange(request, undefined);
    expect(exchangeOf(request)).toBeUndefined();
    expect(isAnnounced(request)).toBe(true);
  });
});

describe('ExchangeRecorder', () => {
  const END = {
    outcome: 'aborted',
    status: 200,
    route: '/users/:id',
    durationMs: 12.5,
    user: 'p_1',
  } as const;
  const over = (end: Partial<Exchange> = {}): Exchange => Object.assign(exchange(), END, end);
  const traced = (traceId: string): RequestTrace => ({
    context: {},
    traceId,
    user: undefined,
    failed: () => {},
    ended: () => {},
  });

  it('says what the exchange does, and its trace where it has one', () => {
    const recorder = new ExchangeRecorder();
    expect(recorder.recordOf(over())).toMatchObject({
      ...END,
      startMs: 1_750_000_000_000,
      method: 'GET',
      traceId: undefined,
    });
    expect(recorder.recordOf(over({ trace: traced('a'.repeat(32)) })).traceId).toBe('a'.repeat(32));
  });

  it('fills one record anew, and leaves nothing of the one before in it', () => {
    const recorder = new ExchangeRecorder();
    const first = recorder.recordOf(over({ trace: traced('a'.repeat(32)) }));
    const second = recorder.recordOf(over({ user: undefined, outcome: 'streamed' }));
    expect(second).toBe(first);
    expect(second).toMatchObject({ user: undefined, outcome: 'streamed', traceId: undefined });
  });

  it('makes no trace id before it is asked for', () => {
    let asked = 0;
    const trace = Object.defineProperty(traced(''), 'traceId', { get: () => String(++asked) });
    const record = new ExchangeRecorder().recordOf(over({ trace }));
    expect(record.durationMs).toBe(12.5);
    expect(asked).toBe(0);
    expect(record.traceId).toBe('1');
  });
});
