import { describe, expect, it } from '@jest/globals';
import {
  ceilTo,
  DAY_MS,
  DEFAULT_LIMITS,
  floorTo,
  HOUR_MS,
  MINUTE_MS,
  type RuntimeSample,
  SECOND_MS,
  Window,
} from '@tacho/core';
import fc from 'fast-check';
import { dumpOfCounts, dumpOfUsers, slowWithin } from './dump.ts';
import { type PlainRow, plainMerge, plainRow } from './plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from './store-bench.ts';

const WRITERS = ['a', 'b', 'c'];

const anyRequest = fc.record({
  route: fc.constantFrom('/', '/a', '/b', '/users/{id}', '/\u0000'),
  method: fc.constantFrom('GET', 'POST'),
  durationMs: fc.oneof(fc.integer({ min: 1, max: 1900 }), fc.integer({ min: 2001, max: 9000 })),
  status: fc.constantFrom(200, 404, 500),
  user: fc.constantFrom(undefined, 'k1-aa', 'k1-bb'),
});

/** How far back a row is from the clock: mostly it is of now, sometimes late by anything. */
const anyLateMs = fc.oneof(
  { weight: 8, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(3 * HOUR_MS) },
  { weight: 1, arbitrary: fc.nat(20 * DAY_MS) },
);

const anyRow = fc.record({
  writer: fc.constantFrom(...WRITERS),
  lateMs: anyLateMs,
  minutes: fc.oneof(
    { weight: 8, arbitrary: fc.constant(1) },
    { weight: 1, arbitrary: fc.integer({ min: 2, max: 3000 }) },
  ),
  requests: fc.array(anyRequest, { maxLength: 4 }),
  isRetried: fc.boolean(),
});

/** Some rows, then time, then housekeeping. */
const anyStretch = fc.record({
  rows: fc.array(anyRow, { maxLength: 6 }),
  passedMs: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 90 }).map((n) => n * SECOND_MS) },
    { weight: 3, arbitrary: fc.nat(2 * HOUR_MS) },
    { weight: 1, arbitrary: fc.nat(9 * HOUR_MS) },
  ),
  maintains: fc.nat(3),
});

const anyRange = fc.oneof(
  fc.constant(ALL_TIME),
  fc.record({
    backMs: fc.oneof(fc.nat(8 * HOUR_MS), fc.nat(25 * DAY_MS)),
    lengthMs: fc.oneof(fc.nat(7 * HOUR_MS), fc.nat(70 * DAY_MS)),
  }),
);

const anyHistory = fc.record({
  stretches: fc.array(anyStretch, { minLength: 1, maxLength: 25 }),
  ranges: fc.array(anyRange, { minLength: 1, maxLength: 6 }),
});

describe('any history', () => {
  it('is answered as a plain merge of every row that was taken in, for any range, at any time', () => {
    fc.assert(
      fc.property(anyHistory, ({ stretches, ranges }) => {
        const bench = new StoreBench();
        try {
          const processes = [bench.open(), bench.open()];
          const taken: PlainRow[] = [];
          const sequences = new Map<string, number>();
          let nowMs = NOON_MS;
          for (const [index, { rows, passedMs, maintains }] of stretches.entries()) {
            const process = processes[index % 2]!;
            for (const { writer, lateMs, isRetried, minutes, requests } of rows) {
              const sequence = (sequences.get(writer) ?? -1) + 1;
              sequences.set(writer, sequence);
              const plain = plainRow({ startMs: nowMs - lateMs, writer, sequence, minutes, requests });
              taken.push(plain);
              process.append(isRetried ? [plain.row, plain.row] : [plain.row], nowMs);
              if (isRetried) processes[(index + 1) % 2]!.append([plain.row], nowMs);
            }
            nowMs += passedMs;
            for (let n = 0; n < maintains; n++) process.maintain(nowMs, 1000);
            const asked = rangeOf(ranges[index % ranges.length]!, nowMs);
            expectPlain(process.read(asked, nowMs), asked, taken);
          }
          for (const range of ranges) {
            const asked = rangeOf(range, nowMs);
            for (const process of processes) {
              const answer = process.read(asked, nowMs);
              expectPlain(answer, asked, taken);
              const withoutUsers = process.read({ ...asked, users: false }, nowMs).window;
              expect(dumpOfCounts(withoutUsers)).toEqual(dumpOfCounts(answer.window));
              expect(dumpOfUsers(withoutUsers)).toEqual(dumpOfUsers(new Window(DEFAULT_LIMITS)));
            }
          }
        } finally {
          bench.close();
        }
      }),
      { numRuns: 30 },
    );
  });
});

function rangeOf(
  range: typeof ALL_TIME | { backMs: number; lengthMs: number },
  nowMs: number,
): typeof ALL_TIME {
  if ('fromMs' in range) return range;
  return { fromMs: nowMs - range.backMs, toMs: nowMs - range.backMs + range.lengthMs };
}

function expectPlain(
  answer: ReturnType<ReturnType<StoreBench['open']>['read']>,
  asked: typeof ALL_TIME,
  taken: readonly PlainRow[],
): void {
  const plain = plainMerge(taken, answer);
  expect(answer.skippedRows).toBe(0);
  expect(answer.fromMs).toBeLessThanOrEqual(asked.fromMs);
  expect(answer.toMs).toBeGreaterThanOrEqual(asked.toMs);
  expect(dumpOfCounts(answer.window)).toEqual(dumpOfCounts(plain));
  expect(answer.window.slowRequests.list()).toEqual(slowWithin(plain, asked));
  // A range without a length has nobody in it, whatever the hour around it.
  const hours =
    asked.fromMs < asked.toMs
      ? { fromMs: floorTo(answer.fromMs, HOUR_MS), toMs: ceilTo(answer.toMs, HOUR_MS) }
      : answer;
  expect(dumpOfUsers(answer.window)).toEqual(dumpOfUsers(plainMerge(taken, hours)));
  if (answer.resolution === 'minute') {
    const isWithin = ({ timestampMs }: RuntimeSample) =>
      timestampMs >= asked.fromMs && timestampMs < asked.toMs;
    expect(samplesIn(answer.window.runtimeSamples.list().filter(isWithin))).toBe(
      samplesIn(plain.runtimeSamples.list().filter(isWithin)),
    );
  }
  if (asked !== ALL_TIME) return;
  answer.window.systemSamples.lowerResolution(10 * MINUTE_MS);
  plain.systemSamples.lowerResolution(10 * MINUTE_MS);
  expect(answer.window.systemSamples.list()).toEqual(plain.systemSamples.list());
  answer.window.runtimeSamples.lowerResolution(10 * MINUTE_MS);
  plain.runtimeSamples.lowerResolution(10 * MINUTE_MS);
  expect(answer.window.runtimeSamples.list()).toEqual(plain.runtimeSamples.list());
}

/** How many were taken, be they together in one or not. */
function samplesIn(kept: readonly RuntimeSample[]): number {
  return kept.reduce((sum, { samples }) => sum + samples, 0);
}
