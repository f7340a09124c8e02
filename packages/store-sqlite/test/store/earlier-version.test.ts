import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import { plainRow, requestsIn } from '../rows/plain-rows.ts';
import { ALL_TIME, NOON_MS, StoreBench } from '../rows/store-bench.ts';

/**
 * Six slices of ten seconds up to noon, with two requests and a sample of the host each, of which three have become
 * minutes and hours: written before there were samples of processes.
 */
const EARLIER = join(import.meta.dirname, '../earlier/without-runtime.db.gz');

let bench: StoreBench;
beforeEach(() => {
  bench = new StoreBench();
  writeFileSync(bench.path, gunzipSync(readFileSync(EARLIER)));
});
afterEach(() => bench.close());

it('a store without samples of processes opens, answers, is added to and rolls up what it had', () => {
  const rows = bench.open();
  const earlier = rows.read(ALL_TIME, NOON_MS);
  expect(earlier.skippedRows).toBe(0);
  expect(requestsIn(earlier.window)).toBe(12);
  expect(earlier.window.systemSamples.list()).toHaveLength(6);
  expect(earlier.window.runtimeSamples.list()).toEqual([]);

  const row = plainRow({ startMs: NOON_MS, requests: [{ route: '/' }] }).row;
  rows.append([row], NOON_MS);
  for (const laterMs of [0, MINUTE_MS, 30 * MINUTE_MS, 5 * HOUR_MS, 48 * HOUR_MS]) {
    const nowMs = NOON_MS + laterMs;
    while (rows.maintain(nowMs, 1000));
    const answer = bench.open().read(ALL_TIME, nowMs);
    expect(answer.skippedRows).toBe(0);
    expect(requestsIn(answer.window)).toBe(13);
    expect(answer.window.runtimeSamples.list()).toMatchObject([{ timestampMs: NOON_MS, samples: 1 }]);
    expect(answer.window.slowRequests.list()).toHaveLength(6);
  }
});
