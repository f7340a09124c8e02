import { describe, expect, it } from '@jest/globals';
import {
  DAY_MS,
  DEFAULT_LIMITS,
  decodeWindow,
  encodeWindow,
  HOUR_MS,
  MINUTE_MS,
  type Window,
} from '@tacho/core';
import { mergeRows, type OpenRow } from '../src/merge-rows.ts';
import type { WindowRow } from '../src/window-store.ts';
import { NOON_MS, requestAt, requestsIn, sampleAt, slowRequestAt, windowAt } from './measured.ts';

function openRow(row: Partial<WindowRow>, ...measured: Parameters<typeof windowAt>[1][]): OpenRow {
  const { minuteMs = NOON_MS } = row;
  const window = windowAt(minuteMs, ...measured);
  const payload = encodeWindow(window);
  return { row: { minuteMs, spanMs: MINUTE_MS, writer: 'w', sequence: 0, payload, ...row }, window };
}

function windowIn({ payload }: WindowRow): Window {
  return decodeWindow(payload, DEFAULT_LIMITS);
}

describe('two rows as one', () => {
  it('have the sum of their windows', () => {
    const a = openRow({}, requestAt(NOON_MS), slowRequestAt(NOON_MS));
    const b = openRow({ minuteMs: NOON_MS + MINUTE_MS }, slowRequestAt(NOON_MS + MINUTE_MS));
    const window = windowIn(mergeRows(a, b));
    expect(requestsIn(window)).toBe(3);
    expect(window.slowRequests.list()).toHaveLength(2);
    expect([window.startMs, window.endMs]).toEqual([NOON_MS, NOON_MS + MINUTE_MS + 10_000]);
  });

  it('lie where both lay, also when they lay far apart', () => {
    const merged = mergeRows(openRow({ spanMs: HOUR_MS }), openRow({ minuteMs: NOON_MS + DAY_MS }));
    expect(merged).toMatchObject({ minuteMs: NOON_MS, spanMs: DAY_MS + MINUTE_MS, writer: 'w' });
  });

  it.each([
    [3, 7],
    [7, 3],
  ])('numbered %i and %i have the higher number', (earlier, later) => {
    expect(mergeRows(openRow({ sequence: earlier }), openRow({ sequence: later })).sequence).toBe(7);
  });

  it.each([
    ['a minute, all samples', MINUTE_MS, 360],
    ['two minutes, one sample a minute', 2 * MINUTE_MS, 60],
    ['an hour, one sample a minute', HOUR_MS, 60],
    ['more than an hour, one sample each ten minutes', HOUR_MS + MINUTE_MS, 6],
  ])('keep, as long as %s', (_, spanMs, samples) => {
    const everyTenSeconds = Array.from({ length: 360 }, (_, n) => sampleAt(NOON_MS + n * 10_000, n));
    const row = openRow({ spanMs }, ...everyTenSeconds);
    const merged = windowIn(mergeRows(row, openRow({})));
    const kept = merged.systemSamples.list();
    expect(kept).toHaveLength(samples);
    expect(kept.at(-1)).toEqual(everyTenSeconds.at(-1));
  });
});
