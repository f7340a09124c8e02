import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Attributes } from '@opentelemetry/api';
import fc from 'fast-check';
import { knownMethodOf, requestAttributes } from '../../src/server-span/request-attributes.ts';
import type { RequestFacts } from '../../src/server-span/request-facts.ts';
import { Peer, peerOf } from '../../src/server-span/socket-peer.ts';
import { headers } from './header-arbitraries.ts';
import { Parsing } from './parsing.ts';

const PEER = new Peer('198.51.100.9', 4711, false);

function attributesOf(facts: Partial<RequestFacts>): Attributes {
  const plain: RequestFacts = {
    method: 'GET',
    url: '/',
    httpVersion: '1.1',
    rawHeaders: ['Host', 'shop.test:8080'],
    peer: PEER,
  };
  return requestAttributes({ ...plain, ...facts });
}

describe('the attributes of a request', () => {
  it('are those of the semantic conventions', () => {
    const rawHeaders = [
      'Host',
      'shop.test:8080',
      'User-Agent',
      'reader/1.0',
      'X-Forwarded-For',
      '203.0.113.7',
    ];
    expect(attributesOf({ url: '/users/17?full=1', rawHeaders })).toEqual({
      'http.request.method': 'GET',
      'url.scheme': 'http',
      'url.path': '/users/17',
      'url.query': 'full=1',
      'server.address': 'shop.test',
      'server.port': 8080,
      'client.address': '203.0.113.7',
      'network.peer.address': '198.51.100.9',
      'network.peer.port': 4711,
      'network.protocol.version': '1.1',
      'user_agent.original': 'reader/1.0',
    });
  });

  it('are no more than are known', () => {
    const peer = new Peer(undefined, undefined, true);
    expect(attributesOf({ rawHeaders: [], httpVersion: '1.0', peer })).toEqual({
      'http.request.method': 'GET',
      'url.scheme': 'https',
      'url.path': '/',
      'network.protocol.version': '1.0',
    });
  });

  it.each([
    ['GET', 'GET', undefined],
    ['QUERY', 'QUERY', undefined],
    ['get', 'GET', 'get'],
    ['M-SEARCH', '_OTHER', 'M-SEARCH'],
    ['PROPFIND', '_OTHER', 'PROPFIND'],
  ])('name the method %s as %s', (method, known, original) => {
    expect(knownMethodOf(method)).toBe(known);
    expect(attributesOf({ method })).toMatchObject({
      'http.request.method': known,
      ...(original === undefined ? {} : { 'http.request.method_original': original }),
    });
  });

  it.each([
    ['', '/', undefined],
    ['*', '/*', undefined],
    ['/a/../b', '/b', undefined],
    ['/a%20b?c=d e', '/a%20b', 'c=d+e'],
    ['/a?', '/a', undefined],
    ['http://other.test/x?y=z', '/x', 'y=z'],
    ['//evil.test/x', '/x', undefined],
    ['http://[', undefined, undefined],
    [
      '/a?sig=s&Signature=t&AWSAccessKeyId=u&x=1',
      '/a',
      'sig=REDACTED&Signature=REDACTED&AWSAccessKeyId=REDACTED&x=1',
    ],
    [
      '/a?X-Amz-Security-Token=s&X-Goog-Signature=t',
      '/a',
      'X-Amz-Security-Token=REDACTED&X-Goog-Signature=REDACTED',
    ],
  ])('have the path and the query of the target %j', (url, path, query) => {
    const attributes = attributesOf({ url });
    expect([attributes['url.path'], attributes['url.query']]).toEqual([path, query]);
  });
});

/** OpenTelemetry's instrumentation makes them by a function that it does not export. */
interface Theirs {
  getIncomingRequestAttributes(
    request: IncomingMessage,
    options: { component: string; redactedQueryParams?: string[] },
    logger: { verbose(): void },
  ): Attributes;
}

describe('for any request, they are those of OpenTelemetry’s own instrumentation', () => {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@opentelemetry/instrumentation-http'));
  const theirs = require(join(folder, 'utils.cjs')) as Theirs;

  let parsing: Parsing;
  beforeAll(async () => {
    parsing = await Parsing.start();
  });
  afterAll(() => parsing.close());

  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'OPTIONS', 'PROPFIND', 'M-SEARCH', 'QUERY');
  const segment = fc.string({ unit: fc.constantFrom(...'/.%a0&=?#:@!~+-[]{}"\\|^`<>'), maxLength: 30 });
  const target = fc.oneof(
    segment.map((text) => `/${text}`),
    segment.map((text) => `http://other.test/${text}`),
    fc.constantFrom('*', '/a?sig=1&b=2', '/?X-Amz-Credential=1&X-Amz-Credential=2'),
  );

  it('as Node has parsed it', async () => {
    await fc.assert(
      fc.asyncProperty(method, target, headers, async (verb, path, given) => {
        const request = await parsing.parse(`${verb} ${path}`, given);
        const facts = {
          method: request.method ?? '',
          url: request.url ?? '',
          httpVersion: request.httpVersion,
          rawHeaders: request.rawHeaders,
          peer: peerOf(request.socket),
        };
        const expected = theirs.getIncomingRequestAttributes(
          request,
          { component: 'http' },
          { verbose: () => {} },
        );
        expect(requestAttributes(facts)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });
});
