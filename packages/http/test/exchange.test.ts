import { describe, expect, it } from '@jest/globals';
import { OVERFLOW_ROUTE } from '@tacho/core';
import { attachExchange, Exchange, exchangeOf, isAnnounced } from '../src/exchange.ts';
import { recordOfExchange } from '../src/observe.ts';
import { UrlTemplates } from '../src/url-templates.ts';

const exchange = (): Exchange => new Exchange('GET', 1_750_000_000_000, 5);

describe('the route of an exchange', () => {
  it('is the template the router matched last', () => {
    const routed = exchange();
    routed.matchRoute('/users');
    routed.matchRoute('/users/:id');
    expect(routed.routeOf('/users/17', 200, new UrlTemplates())).toBe('/users/:id');
    expect(routed.routerTemplate).toBe('/users/:id');
  });

  it('is learned from the path where no router was met', () => {
    const unrouted = exchange();
    expect(unrouted.routeOf('/users/17', 200, new UrlTemplates())).toBe('/users/{id}');
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
    const unrouted = new Exchange(method, 1_750_000_000_000, 5);
    expect(unrouted.routeOf('/people/jane', status, new UrlTemplates())).toBe(route);
  });

  it('is the overflow route where nothing more can be learned', () => {
    const full = new UrlTemplates();
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    for (const a of letters) for (const b of letters) full.learn(`/${a}/${b}/x`);
    expect(exchange().routeOf('/never/seen/before', 200, full)).toBe(OVERFLOW_ROUTE);
  });

  it('is cut at 300 characters', () => {
    const routed = exchange();
    routed.matchRoute(`/${'a'.repeat(300)}`);
    expect(routed.routeOf('/', 200, new UrlTemplates())).toBe(`/${'a'.repeat(299)}`);
    routed.matchRoute('b'.repeat(300));
    expect(routed.routeOf('/', 200, new UrlTemplates())).toBe('b'.repeat(300));
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

describe('recordOfExchange', () => {
  it('says what the exchange and its end say, without a trace', () => {
    const end = {
      outcome: 'aborted',
      status: 200,
      route: '/users/:id',
      durationMs: 12.5,
      user: 'p_1',
      closed: true,
    } as const;
    expect(recordOfExchange(exchange(), end)).toEqual({
      startMs: 1_750_000_000_000,
      durationMs: 12.5,
      method: 'GET',
      route: '/users/:id',
      status: 200,
      outcome: 'aborted',
      user: 'p_1',
      traceId: undefined,
    });
  });
});
