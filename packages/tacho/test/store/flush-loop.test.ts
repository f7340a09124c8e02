import { expect, it } from '@jest/globals';
import { MINUTE_MS, SECOND_MS } from '@tacho/core';
import { ManualClock } from '@tacho/core/manual-clock';
import { flushOnTheTens } from '../../src/store/flush-loop.ts';

const NOON_MS = Date.UTC(2025, 6, 19, 12);

function flushing(startMs: number): { clock: ManualClock; flushedMs: number[]; stop: () => void } {
  const clock = new ManualClock(startMs);
  const flushedMs: number[] = [];
  const stop = flushOnTheTens(clock, async () => {
    flushedMs.push(clock.nowMs);
  });
  return { clock, flushedMs, stop };
}

it('flushes within a second of each whole ten seconds, whenever it began', () => {
  for (const lateMs of [0, 1, 4_321, 9_999]) {
    const { clock, flushedMs } = flushing(NOON_MS + lateMs);
    clock.advance(MINUTE_MS);
    expect(flushedMs[0]).toBe(NOON_MS + lateMs + SECOND_MS);
    const onTheTens = flushedMs.slice(flushedMs.length - 6);
    for (const [index, ms] of onTheTens.entries()) {
      expect(ms).toBeGreaterThanOrEqual(NOON_MS + (index + 1) * 10 * SECOND_MS);
      expect(ms).toBeLessThanOrEqual(NOON_MS + (index + 1) * 10 * SECOND_MS + SECOND_MS);
    }
  }
});

it('flushes every ten seconds of a clock that stands still, and after one that jumps', () => {
  let nowMs = NOON_MS;
  let tick: () => unknown = () => {};
  let flushes = 0;
  flushOnTheTens(
    {
      now: () => nowMs,
      every: (_intervalMs, given) => {
        tick = given;
        return () => {};
      },
    },
    async () => {
      flushes++;
    },
  );
  for (let second = 0; second < 60; second++) tick();
  expect(flushes).toBe(6);
  nowMs -= 60 * MINUTE_MS;
  tick();
  expect(flushes).toBe(7);
});

it('stops when it is asked to', () => {
  const { clock, flushedMs, stop } = flushing(NOON_MS);
  stop();
  clock.advance(MINUTE_MS);
  expect(flushedMs).toEqual([]);
});
