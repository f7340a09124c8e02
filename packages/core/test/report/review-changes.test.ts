import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RequestRecord } from '../../src/record.ts';
import { finished } from '../../src/report/finished.ts';
import { type ChangesReport, changesReport } from '../../src/report/review-changes.ts';
import { REVIEW_LIST_LENGTH } from '../../src/report/review-lists.ts';
import type { Window } from '../../src/window.ts';
import { anyHappening } from '../anything.ts';
import { windowOf as windowOfHappenings } from '../window-of.ts';
import { aRequest, windowOf } from './measured.ts';

const changes = (before: Window, now: Window): ChangesReport => finished(changesReport(now, before));

/** Requests whose times are spread by a factor of three, the same each time. */
function requests(count: number, medianMs: number, fields: Partial<RequestRecord> = {}): RequestRecord[] {
  return Array.from({ length: count }, (_, n) =>
    aRequest({ durationMs: medianMs * 3 ** ((2 * n) / (count - 1) - 1), ...fields }),
  );
}

const failing = (count: number, every: number): RequestRecord[] =>
  Array.from({ length: count }, (_, n) => aRequest({ status: n % every === 0 ? 500 : 200 }));

const NOTHING = { slower: [], faster: [], failing_more: [], failing_less: [], new: [], gone: [] };

describe('what changed', () => {
  it('is nothing between a period and itself, whatever happened in it', () => {
    fc.assert(
      fc.property(fc.array(anyHappening, { maxLength: 200 }), (happenings) => {
        const window = windowOfHappenings(happenings);
        expect(changes(window, window)).toEqual(NOTHING);
      }),
    );
  });

  it('has in one direction what it has not in the other, at most ten of each', () => {
    fc.assert(
      fc.property(
        fc.array(anyHappening, { maxLength: 150 }),
        fc.array(anyHappening, { maxLength: 150 }),
        (first, second) => {
          const [a, b] = [windowOfHappenings(first), windowOfHappenings(second)];
          const [there, back] = [changes(a, b), changes(b, a)];
          const names = (list: readonly { endpoint: string }[]) =>
            list.map(({ endpoint }) => endpoint).sort();
          expect(names(there.slower)).toEqual(names(back.faster));
          expect(names(there.failing_more)).toEqual(names(back.failing_less));
          expect(names(there.new)).toEqual(names(back.gone));
          for (const list of Object.values(there))
            expect(list.length).toBeLessThanOrEqual(REVIEW_LIST_LENGTH);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('tells how many times as long it takes', () => {
    const now = windowOf(requests(400, 200));
    expect(changes(windowOf(requests(400, 100)), now).slower).toMatchObject([
      { endpoint: 'GET /', count: 400, count_before: 400, times: expect.closeTo(2, 1) },
    ]);
  });

  it('is not half as much of a change with few requests: then nothing is said', () => {
    expect(changes(windowOf(requests(8, 100)), windowOf(requests(8, 200)))).toEqual(NOTHING);
  });

  it('is not what is too little to matter, however sure', () => {
    const twentyPercent = changes(windowOf(requests(20_000, 100)), windowOf(requests(20_000, 118)));
    const twoMilliseconds = changes(windowOf(requests(20_000, 1)), windowOf(requests(20_000, 1.5)));
    expect([twentyPercent, twoMilliseconds]).toEqual([NOTHING, NOTHING]);
  });

  it('does not depend on the average: one very slow request is no slower endpoint', () => {
    const now = windowOf([...requests(400, 100), aRequest({ durationMs: 3_600_000 })]);
    expect(changes(windowOf(requests(400, 100)), now)).toEqual(NOTHING);
  });

  it('is a rate of errors that is another one', () => {
    const found = changes(windowOf(failing(1000, 100)), windowOf(failing(1000, 20)));
    expect(found).toMatchObject({ ...NOTHING, failing_more: [{ endpoint: 'GET /', before: 1, now: 5 }] });
    expect(changes(windowOf(failing(1000, 100)), windowOf(failing(1000, 90)))).toEqual(NOTHING);
    expect(changes(windowOf(failing(20, 20)), windowOf(failing(20, 10)))).toEqual(NOTHING);
  });

  it('is what is new, and what is gone: of twenty requests or more', () => {
    const before = windowOf([
      ...requests(30, 10, { route: '/old' }),
      ...requests(19, 10, { route: '/seldom' }),
    ]);
    const now = windowOf(requests(30, 10, { route: '/young' }));
    expect(changes(before, now)).toMatchObject({
      new: [{ endpoint: 'GET /young', count: 30 }],
      gone: [{ endpoint: 'GET /old', count: 30 }],
    });
  });

  it('names nothing new where endpoints were counted together', () => {
    const before = windowOf([...requests(30, 10, { route: '/a' }), aRequest({ route: '/b' })], {
      maxEndpoints: 1,
    });
    expect(changes(before, windowOf(requests(30, 10, { route: '/b' }))).new).toEqual([]);
  });

  it('of a hundred pairs of the same traffic is nothing, or next to nothing', () => {
    const random = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed: 3, numRuns: 60_000 });
    let at = 0;
    const traffic = (): RequestRecord[] =>
      Array.from({ length: 100 }, (_, route) =>
        Array.from({ length: 300 }, () => {
          const [u, v] = [random[at++ % 60_000]!, random[at++ % 60_000]!];
          return aRequest({
            route: `/${route}`,
            durationMs: -50 * Math.log(1 - u * 0.999),
            status: v < 0.03 ? 500 : 200,
          });
        }),
      ).flat();
    const { slower, faster, failing_more, failing_less } = changes(windowOf(traffic()), windowOf(traffic()));
    expect([...slower, ...faster, ...failing_more, ...failing_less].length).toBeLessThanOrEqual(1);
  });
});
