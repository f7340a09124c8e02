import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EndpointStats } from '../../src/endpoint-stats.ts';
import { endpointStatsIn } from '../../src/packed-endpoints.ts';
import { headTotal } from '../../src/packed-head.ts';
import { PackedMerge } from '../../src/packed-merge.ts';
import { packWindow } from '../../src/packed-window.ts';
import { DEFAULT_LIMITS, Window } from '../../src/window.ts';
import { anyHappening } from '../anything.ts';
import { dumpOfStats } from '../dump.ts';
import { aRequest } from '../report/measured.ts';
import { windowOf } from '../window-of.ts';
import { Dictionary } from './dictionary.ts';

const anyHappenings = fc.array(anyHappening, { maxLength: 60 });

describe('of a packed window', () => {
  it('the head has the stats of all endpoints together', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings);
        const total = new EndpointStats();
        for (const { stats } of window.endpoints.entries()) total.merge(stats);
        const { head } = packWindow(window, new Dictionary(), []);
        expect(dumpOfStats(headTotal(head))).toEqual(dumpOfStats(total));
      }),
    );
  });

  it('the endpoints give the stats of each by its id', () => {
    fc.assert(
      fc.property(anyHappenings, (happenings) => {
        const window = windowOf(happenings);
        const dictionary = new Dictionary();
        const { endpoints } = packWindow(window, dictionary, []);
        for (const { method, route, stats } of window.endpoints.own) {
          const read = endpointStatsIn(endpoints, dictionary.idOf(method, route));
          expect(read && dumpOfStats(read)).toEqual(dumpOfStats(stats));
        }
        expect(endpointStatsIn(endpoints, 999_999)).toBeUndefined();
        const overflow = endpointStatsIn(endpoints, 0);
        expect(overflow?.total).toBe(window.endpoints.overflow?.stats.total);
      }),
    );
  });

  it('an id between those it has is none', () => {
    const window = windowOf([{ record: aRequest() }, { record: aRequest({ route: '/a' }) }]);
    const { endpoints } = packWindow(window, new Dictionary(), []);
    expect(endpointStatsIn(endpoints, 2)).toBeUndefined();
  });

  it('the parts that were not added are missing from the merged one', () => {
    const window = windowOf([{ record: aRequest({ user: 'joe', durationMs: 3000 }) }]);
    const dictionary = new Dictionary();
    const packed = packWindow(window, dictionary, []);
    const into = new Window(DEFAULT_LIMITS);
    const merge = new PackedMerge(into, dictionary);
    merge.addEndpoints(packed.endpoints);
    expect([into.endpoints.size, into.users.size, into.slowRequests.list().length]).toEqual([1, 0, 0]);
    merge.addUsers(packed.users);
    expect([into.endpoints.size, into.users.size, into.slowRequests.list().length]).toEqual([1, 1, 0]);
    merge.addHead(packed.head);
    expect([into.endpoints.size, into.users.size, into.slowRequests.list().length]).toEqual([1, 1, 1]);
  });
});
