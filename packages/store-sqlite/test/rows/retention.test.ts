import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';
import { plainRow, requestsIn } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const RETENTION_MS = { minute: 2 * DAY_MS, hour: 5 * DAY_MS, day: 10 * DAY_MS };

describe('rows that age', () => {
  let bench: StoreBench;
  let rows: ReturnType<StoreBench['open']>;
  let nowMs: number;
  let sequence: number;

  beforeEach(() => {
    bench = new StoreBench();
    rows = bench.open({ retentionMs: RETENTION_MS });
    nowMs = NOON_MS;
    sequence = 0;
  });
  afterEach(() => bench.close());

  const level = (of: number): number =>
    Number(rows.file.database.prepare('SELECT count(*) AS n FROM window WHERE level = ?').get(of)?.n);

  /** A row every half hour, and housekeeping until all is done. */
  function live(durationMs: number, maintain = () => void rows.maintain(nowMs, 10_000)): void {
    for (const endMs = nowMs + durationMs; nowMs < endMs; nowMs += 30 * MINUTE_MS) {
      rows.append([plainRow({ startMs: nowMs, sequence: sequence++ }).row], nowMs);
      maintain();
    }
  }

  it('go by whole days: minutes first, then hours, then days', () => {
    live(15 * DAY_MS);
    const oldestOf = (of: number): number =>
      Number(rows.file.database.prepare('SELECT min(minute) AS ms FROM window WHERE level = ?').get(of)?.ms);
    for (const [of, keptMs] of [
      [1, RETENTION_MS.minute],
      [2, RETENTION_MS.hour],
      [3, RETENTION_MS.day],
    ] as const) {
      const oldestMs = oldestOf(of);
      expect(oldestMs).toBe(floorTo(oldestMs, DAY_MS));
      expect(oldestMs).toBeLessThanOrEqual(nowMs - keptMs);
      expect(oldestMs).toBeGreaterThan(nowMs - keptMs - 2 * DAY_MS);
    }
    expect(requestsIn(rows.read(ALL_TIME, nowMs).window)).toBeGreaterThanOrEqual(10 * 48);
    expect(rows.file.database.prepare('SELECT count(*) AS n FROM accepted').get()?.n).toBe(1);
  });

  it('are answered in whole hours or days where nothing finer is left', () => {
    live(9 * DAY_MS);
    const dayMs = floorTo(NOON_MS, DAY_MS);
    const of = (day: number) => {
      const fromMs = dayMs + day * DAY_MS + 10 * HOUR_MS + 10 * MINUTE_MS;
      const { resolution, window, ...answer } = rows.read({ fromMs, toMs: fromMs + HOUR_MS }, nowMs);
      return [resolution, (answer.toMs - answer.fromMs) / HOUR_MS, requestsIn(window)];
    };
    expect(of(1)).toEqual(['day', 24, 48]);
    expect(of(5)).toEqual(['hour', 2, 4]);
    expect(of(8)).toEqual(['minute', 1, 2]);
  });

  it('make a series as coarse as the coarsest of them, and it says so', () => {
    live(9 * DAY_MS);
    const dayMs = floorTo(NOON_MS, DAY_MS);
    const resolutionOf = (day: number, stepMs: number) =>
      rows.series({ fromMs: dayMs + day * DAY_MS, toMs: nowMs, stepMs }, nowMs).resolution;
    expect(resolutionOf(8, 15 * MINUTE_MS)).toBe('minute');
    expect(resolutionOf(4, 15 * MINUTE_MS)).toBe('hour');
    expect(resolutionOf(4, HOUR_MS)).toBe('hour');
    expect(resolutionOf(1, HOUR_MS)).toBe('day');
  });

  it('are never answered in part while they go, a few at a time', () => {
    live(2 * DAY_MS);
    const range = { fromMs: NOON_MS, toMs: NOON_MS + 3 * HOUR_MS };
    live(5 * DAY_MS, () => {
      for (let n = 0; n < 6; n++) {
        rows.maintain(nowMs, 0);
        expect(requestsIn(rows.read(range, nowMs).window)).toBeGreaterThanOrEqual(6);
      }
    });
    expect(level(1)).toBeLessThan(5 * 48);
  });

  it('stay as long as anything of their day is young', () => {
    live(DAY_MS);
    for (let n = 0; n < 14; n++) {
      live(DAY_MS);
      rows.append([plainRow({ startMs: NOON_MS, writer: 'late', sequence: n }).row], nowMs);
    }
    rows.maintain(nowMs, 1000);
    expect(rows.figures().oldestMs).toBe(floorTo(NOON_MS, DAY_MS));
  });

  it.each([
    ['ten years ahead', 3653 * DAY_MS],
    ['ten years ahead, to a process that has just begun', 3653 * DAY_MS, true],
    ['an hour back', -HOUR_MS],
    ['to the beginning', -NOON_MS],
  ])('outlive a clock that is set %s', (_, jumpMs, restart = false) => {
    live(DAY_MS);
    const process = restart ? bench.open({ retentionMs: RETENTION_MS }) : rows;
    for (let n = 0; n < 50; n++) process.maintain(nowMs + jumpMs + n * MINUTE_MS, 100);
    expect(requestsIn(process.read(ALL_TIME, nowMs + jumpMs).window)).toBe(48);
    process.append([plainRow({ startMs: nowMs + jumpMs, writer: 'jumped' }).row], nowMs + jumpMs);
    for (let n = 0; n < 50; n++) process.maintain(nowMs + n * MINUTE_MS, 100);
    expect(requestsIn(process.read(ALL_TIME, nowMs).window)).toBe(49);
  });
});
