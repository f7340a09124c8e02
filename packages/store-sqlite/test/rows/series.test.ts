import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, floorTo, HOUR_MS, MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { MAX_STEPS } from '../../src/rows/series-reader.ts';
import { plainRow } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const STEP_MS = 20 * MINUTE_MS;
const ROWS = 200;

describe('a series', () => {
  let bench: StoreBench;
  let rows: ReturnType<StoreBench['open']>;
  const startsMs = Array.from({ length: ROWS }, (_, n) => NOON_MS + n * STEP_MS);
  const nowMs = NOON_MS + ROWS * STEP_MS;

  beforeAll(() => {
    bench = new StoreBench();
    rows = bench.open();
    for (const [sequence, startMs] of startsMs.entries()) {
      rows.append(
        [plainRow({ startMs, sequence, requests: [{}, { route: `/${sequence % 2}` }] }).row],
        startMs,
      );
      rows.maintain(startMs, 1000);
    }
  });
  afterAll(() => bench.close());

  it('of any step and range has each request in the step in which its row begins', () => {
    const anySteps = fc.constantFrom(
      MINUTE_MS,
      7 * MINUTE_MS,
      15 * MINUTE_MS,
      HOUR_MS,
      5 * HOUR_MS,
      DAY_MS,
      3 * DAY_MS,
    );
    const anyMs = fc.integer({ min: NOON_MS - DAY_MS, max: nowMs + DAY_MS });
    fc.assert(
      fc.property(
        anySteps,
        anyMs,
        anyMs,
        fc.constantFrom(undefined, 'GET /1'),
        (stepMs, fromMs, toMs, endpoint) => {
          const answer = rows.series({ fromMs, toMs, stepMs, endpoint }, nowMs);
          const expected = new Map<number, number>();
          for (const [sequence, startMs] of startsMs.entries()) {
            if (startMs < answer.fromMs || startMs >= answer.toMs || fromMs >= toMs) continue;
            const stepStartMs = floorTo(startMs, stepMs);
            const requests = endpoint === undefined ? 2 : sequence % 2;
            if (requests > 0) expected.set(stepStartMs, (expected.get(stepStartMs) ?? 0) + requests);
          }
          expect(answer.steps.map((step) => [step.startMs, step.stats.total])).toEqual([...expected]);
          expect(answer.fromMs).toBeLessThanOrEqual(fromMs);
          expect(answer.toMs).toBeGreaterThanOrEqual(toMs);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of an endpoint that was never requested is empty', () => {
    expect(rows.series({ ...ALL_TIME, stepMs: HOUR_MS, endpoint: 'GET /none' }, nowMs).steps).toEqual([]);
  });

  it('tells which rows are in it', () => {
    const unstored = [
      { minuteMs: NOON_MS, writer: 'w', sequence: 3 },
      { minuteMs: NOON_MS, writer: 'w', sequence: ROWS },
    ];
    expect(rows.series({ ...ALL_TIME, stepMs: HOUR_MS, unstored }, nowMs).stored).toEqual([true, false]);
  });

  it(`has at most ${MAX_STEPS} steps, the last ones`, () => {
    const plain = Array.from({ length: MAX_STEPS + 5 }, (_, n) =>
      plainRow({ startMs: nowMs + n * MINUTE_MS, writer: 'many', sequence: n, requests: [] }),
    );
    rows.append(
      plain.map(({ row }) => row),
      nowMs,
    );
    const lastMs = nowMs + (MAX_STEPS + 4) * MINUTE_MS;
    const { fromMs } = rows.series({ ...ALL_TIME, stepMs: MINUTE_MS }, nowMs);
    expect(fromMs).toBe(lastMs - (MAX_STEPS - 1) * MINUTE_MS);
  });
});
