import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ENDPOINT_SORTS, SLOW_REQUEST_SORTS, USER_SORTS } from '@tacho/api-contract';
import { OUTCOMES, Window } from '@tacho/core';
import fc from 'fast-check';
import { aRequest, clock, emptyWindow, historyOf, NOW_MS, type Served, serve } from '../served.ts';

/** Few values, so that most are tied. */
const anyRequest = fc
  .record({
    startMs: fc.constantFrom(NOW_MS - 1, NOW_MS - 60_000),
    durationMs: fc.constantFrom(1, 2000.5, 3000),
    route: fc.constantFrom('/', '/a', '/é', '__proto__', '"&?'),
    status: fc.constantFrom(200, 404, 500),
    outcome: fc.constantFrom(...OUTCOMES),
    user: fc.constantFrom(undefined, 'k1-a', 'k1-b', 'k2-a'),
  })
  .map(aRequest);
/** Of the last hour, of the last minute, or of an hour to come: measured before the clock was set back. */
const anyWindow = fc
  .tuple(fc.constantFrom(-3_600_000, -1, 3_600_000), fc.array(anyRequest, { maxLength: 25 }))
  .map(([startMs, requests]) => {
    const window = new Window(emptyWindow().limits, NOW_MS + startMs, NOW_MS + Math.max(0, startMs));
    for (const request of requests) window.record(request);
    return window;
  });

const lists = [
  ['/endpoints', ENDPOINT_SORTS, (body: object) => Object.entries(body)],
  ['/users', USER_SORTS, (body: { users: unknown[] }) => body.users],
  ['/slow-requests', SLOW_REQUEST_SORTS, (body: unknown[]) => body],
] as [path: string, sorts: readonly string[], entriesOf: (body: unknown) => unknown[]][];

let served: Served;
let nowMs = NOW_MS;
let window: Window;
beforeAll(async () => {
  served = await serve({
    clock: { ...clock, now: () => nowMs },
    history: {
      window: (...range) => historyOf(window).window(...range),
      series: (query) => historyOf(window).series(query),
    },
  });
});
afterAll(() => served.close());

/** Follows the links. */
async function walked(path: string, entriesOf: (body: unknown) => unknown[]): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer = await served.get(next);
    expect(answer.status).toBe(200);
    pages.push(entriesOf(await answer.json()));
    const link = answer.headers.get('link');
    expect(link === null).toBe(answer.headers.get('tacho-next-cursor') === null);
    const [, target] = /^<(.+)>; rel="next"$/.exec(link ?? '') ?? [];
    const url: URL | undefined = target === undefined ? undefined : new URL(target, answer.url);
    next = url && url.pathname.replace('/api/performance', '') + url.search;
    nowMs += 1000;
  }
  nowMs = NOW_MS;
  return pages;
}

describe.each(lists)('the pages of %s', (path, sorts, entriesOf) => {
  it('are the list, each entry once and in order', async () => {
    const anyQuestion = fc.tuple(anyWindow, fc.constantFrom(...sorts), fc.integer({ min: 1, max: 6 }));
    await fc.assert(
      fc.asyncProperty(anyQuestion, async ([anyOne, sort, limit]) => {
        window = anyOne;
        const [all = []] = await walked(`${path}?sort=${sort}&limit=1000&hours=2`, entriesOf);
        const pages = await walked(`${path}?sort=${sort}&limit=${limit}&hours=2`, entriesOf);
        expect(pages.flat()).toEqual(all);
        expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a page', () => {
  const nextOf = (answer: Response) => answer.headers.get('tacho-next-cursor') ?? '';

  beforeAll(() => {
    window = emptyWindow();
    for (const route of ['/a', '/b', '/c']) window.record(aRequest({ route }));
  });

  it('past the end is empty', async () => {
    const cursor = nextOf(await served.get('/endpoints?limit=2'));
    window = emptyWindow();
    const answer = await served.get(`/endpoints?cursor=${cursor}`);
    expect([answer.status, await answer.json(), nextOf(answer)]).toEqual([200, {}, '']);
  });

  it('is of the range that was asked for at first', async () => {
    for (const route of ['/a', '/b']) window.record(aRequest({ route }));
    const first = await served.get('/endpoints?limit=1&hours=1');
    nowMs += 3_000_000;
    const second = await served.get(`/endpoints?limit=1&cursor=${nextOf(first)}`);
    expect(second.headers.get('tacho-from')).toBe(first.headers.get('tacho-from'));
    expect(second.headers.get('tacho-to')).toBe('2025-07-19T01:43:00.000000Z');
    nowMs = NOW_MS;
  });

  it.each(['hours=24', 'from=0', 'to=2025-07-20', 'sort=count'])(
    'takes no %s beside its cursor',
    async (other) => {
      const cursor = nextOf(await served.get('/endpoints?limit=1'));
      const answer = await served.get(`/endpoints?${other}&cursor=${cursor}`);
      expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'invalid_parameter' }]);
    },
  );

  it.each([
    ['/users', 0, 400, 'invalid_cursor'],
    ['/endpoints', 3_600_000, 410, 'cursor_expired'],
  ] as const)('of /endpoints is none of %s after %d ms', async (path, laterMs, status, code) => {
    const cursor = nextOf(await served.get('/endpoints?limit=1'));
    nowMs += laterMs;
    const answer = await served.get(`${path}?cursor=${cursor}`);
    nowMs = NOW_MS;
    expect([answer.status, await answer.json()]).toMatchObject([status, { code, parameter: 'cursor' }]);
  });
});
