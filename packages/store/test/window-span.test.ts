import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { endMsOf, overlaps, SPAN_SLACK_MS, spanOf, unionOf } from '../src/window-span.ts';
import { NOON_MS } from './measured.ts';

describe('the span of a window', () => {
  it.each([
    ['ten seconds of a minute', 10_000, 20_000, 0, 1],
    ['no time at all', 10_000, 10_000, 0, 1],
    ['a minute, ended a little late', 50_000, 60_004, 0, 1],
    ['a minute, ended half a minute late', 50_000, 90_000, 0, 2],
    ['a minute, begun and ended late', 60_004, 120_003, 1, 1],
    ['three minutes', 0, 180_000, 0, 3],
    ['an hour', 0, HOUR_MS, 0, 60],
    ['a day', 0, DAY_MS, 0, 1440],
  ])('%s', (_, startMs, endMs, minute, minutes) => {
    expect(spanOf(NOON_MS + startMs, NOON_MS + endMs)).toEqual({
      minuteMs: NOON_MS + minute * MINUTE_MS,
      spanMs: minutes * MINUTE_MS,
    });
  });

  it('is whole minutes, and holds the window but for the slack', () => {
    const anyTimes = fc.tuple(fc.double({ min: 0, max: 1e13, noNaN: true }), fc.nat(DAY_MS));
    fc.assert(
      fc.property(anyTimes, ([startMs, lengthMs]) => {
        const span = spanOf(startMs, startMs + lengthMs);
        expect(span.minuteMs % MINUTE_MS).toBe(0);
        expect(span.spanMs % MINUTE_MS).toBe(0);
        expect(span.spanMs).toBeGreaterThanOrEqual(MINUTE_MS);
        expect(span.minuteMs).toBeLessThanOrEqual(startMs);
        expect(endMsOf(span)).toBeGreaterThanOrEqual(startMs + lengthMs - SPAN_SLACK_MS);
      }),
    );
  });
});

describe('the union of two spans', () => {
  it('begins with the first and ends with the last, whichever that is', () => {
    const long = { minuteMs: 0, spanMs: HOUR_MS };
    const short = { minuteMs: MINUTE_MS, spanMs: MINUTE_MS };
    const apart = { minuteMs: DAY_MS, spanMs: MINUTE_MS };
    expect(unionOf(long, short)).toEqual(long);
    expect(unionOf(short, long)).toEqual(long);
    expect(unionOf(short, apart)).toEqual({ minuteMs: MINUTE_MS, spanMs: DAY_MS });
  });
});

describe('overlapping', () => {
  const span = { minuteMs: NOON_MS, spanMs: MINUTE_MS };

  it.each([
    [NOON_MS, NOON_MS + 1, true],
    [NOON_MS - 1, NOON_MS, false],
    [NOON_MS + MINUTE_MS - 1, NOON_MS + MINUTE_MS, true],
    [NOON_MS + MINUTE_MS, NOON_MS + HOUR_MS, false],
    [NOON_MS + 1, NOON_MS + 1, false],
    [NOON_MS + 2, NOON_MS + 1, false],
  ])('from %d to %d: %s', (fromMs, toMs, expected) => {
    expect(overlaps(span, fromMs, toMs)).toBe(expected);
  });
});
