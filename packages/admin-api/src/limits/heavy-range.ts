import type { RangeParameters } from '@tacho/api-contract';
import { type Clock, DAY_MS } from '@tacho/core';
import { lengthMsOf, rangeOf } from '../range.ts';

/** Up to it, as by default, a range is read in a moment. */
const LIGHT_MS = DAY_MS;

/** Tells queries of a long time, those that go on at a cursor, whose time is inside that, and reviews. */
export function heavyRange(clock: Pick<Clock, 'now'>): (query: object) => boolean {
  return (query) => {
    if ('cursor' in query || 'compare' in query || 'period' in query) return true;
    if (!isOfRange(query)) return false;
    const nowMs = clock.now();
    return lengthMsOf(rangeOf(query, nowMs), nowMs) > LIGHT_MS;
  };
}

function isOfRange(query: object): query is RangeParameters {
  return 'hours' in query;
}
