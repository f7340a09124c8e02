import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Privacy } from '../src/export/privacy.ts';
import { SpanPrivacy } from '../src/export/span-privacy.ts';
import { ServerSpan, type SpanOrigin } from '../src/server-span/server-span.ts';
import { Peer } from '../src/server-span/socket-peer.ts';
import { makingOf, originOf } from './server-span/origins.ts';
import { STRICT } from './strict-privacy.ts';

const anyHeader = fc.constantFrom(
  ['Host', 'shop.test:8080'],
  ['User-Agent', 'reader/1.0'],
  ['Forwarded', 'for="[2001:db8::17]:4711";host=shop.test;proto=https'],
  ['Forwarded', 'nonsense;;'],
  ['X-Forwarded-For', '203.0.113.9, 10.0.0.1'],
  ['x-forwarded-for', ''],
  ['X-Forwarded-Host', 'front.test'],
);

const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PURGE', 'get'),
  // Of a target that makes no URL the path is known all the same: the route.
  url: fc.constantFrom('/users/17', '/users/17?token=secret', '*', 'http://shop.test/x', ''),
  rawHeaders: fc.array(anyHeader, { maxLength: 5 }).map((headers) => headers.flat()),
  peer: fc.constantFrom(
    new Peer('198.51.100.9', 4711, false),
    new Peer('::ffff:198.51.100.9', 4711, true),
    new Peer(undefined, undefined, false),
  ),
  statusCode: fc.constantFrom(100, 200, 404, 500, 599, 600),
  route: fc.constantFrom(undefined, '', '/users/:id'),
});

const anyPrivacy: fc.Arbitrary<Privacy> = fc.record({
  path: fc.constantFrom('template', 'full'),
  query: fc.constantFrom('drop', 'keep'),
  headers: fc.constantFrom('drop', 'keep'),
  clientAddress: fc.constantFrom('truncate', 'full'),
  errorText: fc.constant('drop'),
});

it('a span that nobody has looked at is exported as one that somebody has', () => {
  fc.assert(
    fc.property(anyRequest, fc.oneof(fc.constant(STRICT), anyPrivacy), (request, privacy) => {
      const exported = (isLookedAt: boolean): unknown => {
        const origin: SpanOrigin = { ...originOf(), ...request };
        const span = new ServerSpan(origin, makingOf());
        if (isLookedAt) expect(span.attributes).toBeDefined();
        span.endOfResponse(request.statusCode, request.route);
        const { attributes, events, links, status, droppedAttributesCount } = new SpanPrivacy(
          privacy,
        ).redacted(span);
        return { attributes, events, links, status, droppedAttributesCount };
      };
      expect(exported(false)).toEqual(exported(true));
    }),
  );
});
