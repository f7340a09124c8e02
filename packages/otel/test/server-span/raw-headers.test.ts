import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hasHeader, headerOf, propagatedHeaders } from '../../src/server-span/raw-headers.ts';
import { HEADER_NAMES, headers } from './header-arbitraries.ts';
import { Parsing } from './parsing.ts';

let parsing: Parsing;
beforeAll(async () => {
  parsing = await Parsing.start();
});
afterAll(() => parsing.close());

it('of any request, the headers are read as Node reads them', async () => {
  await fc.assert(
    fc.asyncProperty(headers, async (given) => {
      const request = await parsing.parse('GET /', given);
      for (const name of HEADER_NAMES) {
        expect([name, headerOf(request.rawHeaders, name)]).toEqual([name, request.headers[name]]);
        expect(hasHeader(request.rawHeaders, [name])).toBe(name in request.headers);
      }
      const present = HEADER_NAMES.filter((name) => name in request.headers);
      expect(propagatedHeaders(request.rawHeaders, HEADER_NAMES)).toEqual(
        Object.fromEntries(present.map((name) => [name, request.headers[name]])),
      );
    }),
    { numRuns: 300 },
  );
});

describe('headers to pass on', () => {
  const raw = ['TraceParent', 'a', 'X-Other', 'b', 'baggage', 'c', 'Baggage', 'd'];

  it('are those asked for, in whatever case they are asked for, under names in lower case', () => {
    expect(propagatedHeaders(raw, ['Traceparent', 'BAGGAGE', 'b3'])).toEqual({
      traceparent: 'a',
      baggage: 'c, d',
    });
    expect(hasHeader(raw, ['b3', 'BAGGAGE'])).toBe(true);
  });

  it('are none where none is there, or none is asked for', () => {
    expect(hasHeader(raw, [])).toBe(false);
    expect(hasHeader([], ['baggage'])).toBe(false);
    expect(hasHeader(['a', 'baggage'], ['baggage'])).toBe(false);
    expect(propagatedHeaders([], ['baggage'])).toEqual({});
  });
});
