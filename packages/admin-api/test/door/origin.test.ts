import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type OriginVerdict, originCheck } from '../../src/door/origin.ts';

const PAGE = 'https://dash.example';
const closed = originCheck([]);
const open = originCheck([PAGE, 'https://Other.example:443/', 'http://localhost:3000']);

function verdict(check: typeof open, headers: IncomingHttpHeaders, method = 'GET'): OriginVerdict {
  return check({ method, headers: { host: 'localhost:9797', ...headers } } as IncomingMessage);
}

const REFUSED = { kind: 'refused', problem: { status: 403, code: 'cross_origin' } };
const UNMENTIONED: OriginVerdict = { kind: 'allowed', headers: {} };

describe('what no page of elsewhere sends', () => {
  it.each<IncomingHttpHeaders>([
    {},
    { origin: 'http://localhost:9797' },
    { origin: 'https://localhost:9797' },
    { host: 'LocalHost:9797', origin: 'http://localhost:9797' },
    { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:9797' },
  ])('%p', (headers) => {
    expect(verdict(closed, headers)).toEqual(UNMENTIONED);
    expect(verdict(open, headers)).toEqual({ kind: 'allowed', headers: { Vary: 'Origin' } });
  });

  it('may change something', () => {
    for (const site of ['same-origin', 'none', undefined]) {
      const headers = { origin: 'http://localhost:9797', ...(site && { 'sec-fetch-site': site }) };
      for (const method of ['POST', 'DELETE']) expect(verdict(closed, headers, method)).toEqual(UNMENTIONED);
    }
  });
});

describe('what pages of elsewhere send', () => {
  it.each<IncomingHttpHeaders>([
    { origin: 'null' },
    { origin: '' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost' },
    { origin: 'http://localhost:97970' },
    { origin: 'http://localhost:9797/' },
    { origin: 'http://x@localhost:9797' },
    { origin: 'ftp://localhost:9797' },
    { origin: 'chrome-extension://localhost:9797' },
    { origin: 'localhost:9797' },
    { origin: 'http://dash.example' },
    { origin: 'https://dash.example:8443' },
    { origin: 'https://dash.example.evil.example' },
    { origin: 'https://xdash.example' },
    { origin: `${PAGE}, ${PAGE}` },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', origin: 'http://localhost:9797' },
    { origin: 'null', host: undefined },
    { origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  ])('%p', (headers) => {
    for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS']) {
      for (const check of [open, closed]) expect(verdict(check, headers, method)).toMatchObject(REFUSED);
    }
  });

  it.each<IncomingHttpHeaders>([
    { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'same-site', origin: 'http://localhost:9797' },
    { origin: PAGE },
  ])('may change nothing: %p', (headers) => {
    for (const method of ['POST', 'DELETE', 'PUT', 'PATCH', 'QUERY', 'TRACE']) {
      for (const check of [open, closed]) expect(verdict(check, headers, method)).toMatchObject(REFUSED);
    }
  });

  it('is refused whatever an origin is made of, unless it is one that may', () => {
    const text = fc.oneof(
      fc.webUrl({ withFragments: false, withQueryParameters: false }),
      fc.string(),
      fc
        .array(fc.constantFrom('https://', 'dash.example', '.', '/', 'localhost:9797', '*', '@', ' '))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (origin) => {
        fc.pre(origin !== PAGE && !/^https?:\/\/localhost:9797$/.test(origin));
        expect(verdict(open, { origin })).toMatchObject(REFUSED);
      }),
    );
  });
});

describe('what pages that may ask send', () => {
  it.each([PAGE, 'https://other.example', 'http://localhost:3000'])('%s', (origin) => {
    for (const site of ['cross-site', 'same-site'] as const) {
      const result = verdict(open, { origin, 'sec-fetch-site': site, 'sec-fetch-mode': 'cors' });
      expect(result).toEqual({
        kind: 'allowed',
        headers: {
          'Access-Control-Allow-Origin': origin,
          'Access-Control-Expose-Headers': expect.stringMatching(
            /ETag.*Link.*Retry-After.*RateLimit-Remaining/,
          ),
          Vary: 'Origin',
        },
      });
    }
  });

  it('is asked for before, and answered', () => {
    const preflight = {
      origin: PAGE,
      'sec-fetch-site': 'cross-site',
      'access-control-request-method': 'GET',
    };
    expect(verdict(open, preflight, 'OPTIONS')).toEqual({
      kind: 'preflight',
      headers: {
        'Access-Control-Allow-Origin': PAGE,
        'Access-Control-Allow-Methods': 'GET, HEAD',
        'Access-Control-Allow-Headers': 'authorization',
        'Access-Control-Max-Age': '600',
        Vary: 'Origin',
      },
    });
    expect(verdict(open, preflight, 'GET').kind).toBe('allowed');
    expect(verdict(open, { origin: PAGE }, 'OPTIONS').kind).toBe('allowed');
    expect(verdict(closed, preflight, 'OPTIONS')).toMatchObject(REFUSED);
  });
});
