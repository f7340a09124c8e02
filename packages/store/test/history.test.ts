import { describe, expect, it } from '@jest/globals';
import { DAY_MS, encodeWindow, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { History } from '../src/history.ts';
import { ALL_TIME, NOON_MS, requestAt, requestsIn, sampleAt, slowRequestAt } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';

/** A process that, every ten seconds, gets a slow request, takes a sample and flushes. */
async function runFor(spanMs: number): Promise<MeasuringProcess> {
  const process = new MeasuringProcess();
  for (let passedMs = 0; passedMs < spanMs; passedMs += 10 * SECOND_MS) {
    process.aggregator.record(slowRequestAt(process.clock.nowMs));
    process.aggregator.addSample(sampleAt(process.clock.nowMs));
    process.clock.nowMs += 10 * SECOND_MS;
    await process.writer.flush();
  }
  return process;
}

const everyTenSeconds = (fromMs: number, toMs: number): number[] =>
  Array.from({ length: (toMs - fromMs) / 10_000 }, (_, n) => fromMs + n * 10_000);

describe('a range of history', () => {
  it('counts whole minutes, and cuts slow requests and samples to the millisecond', async () => {
    const process = await runFor(10 * MINUTE_MS);
    const fromMs = NOON_MS + 3 * MINUTE_MS + 25 * SECOND_MS;
    const toMs = NOON_MS + 5 * MINUTE_MS + 10 * SECOND_MS;
    const window = await process.range(fromMs, toMs);
    expect(requestsIn(window)).toBe(3 * 6);
    expect([window.startMs, window.endMs]).toEqual([NOON_MS + 3 * MINUTE_MS, NOON_MS + 6 * MINUTE_MS]);
    const timesMs = everyTenSeconds(NOON_MS + 3 * MINUTE_MS + 30 * SECOND_MS, toMs);
    expect(window.slowRequests.list().map(({ startMs }) => startMs)).toEqual(timesMs);
    expect(window.systemSamples.list().map(({ timestampMs }) => timestampMs)).toEqual(timesMs);
  });

  it('counts whole hours further back', async () => {
    const process = await runFor(4 * HOUR_MS);
    const fromMs = NOON_MS + 90 * MINUTE_MS;
    const window = await process.range(fromMs, fromMs + 1);
    expect(requestsIn(window)).toBe(360);
    expect([window.startMs, window.endMs]).toEqual([NOON_MS + HOUR_MS, NOON_MS + 2 * HOUR_MS]);
    expect(window.slowRequests.list().map(({ startMs }) => startMs)).toEqual([fromMs]);
  });

  it('has the sample that was taken just after a minute and stored with the one before', async () => {
    const process = new MeasuringProcess({ nowMs: NOON_MS + 50 * SECOND_MS });
    process.aggregator.record(requestAt(NOON_MS));
    process.aggregator.addSample(sampleAt(NOON_MS + MINUTE_MS + 3));
    process.clock.nowMs = NOON_MS + MINUTE_MS + 4;
    await process.writer.flush();
    const window = await process.range(NOON_MS + MINUTE_MS, NOON_MS + 2 * MINUTE_MS);
    expect(window.systemSamples.list().map(({ timestampMs }) => timestampMs)).toEqual([
      NOON_MS + MINUTE_MS + 3,
    ]);
    expect(requestsIn(window)).toBe(0);
  });

  it('is empty where nothing was measured', async () => {
    const process = await runFor(MINUTE_MS);
    for (const [fromMs, toMs] of [
      [NOON_MS - DAY_MS, NOON_MS - HOUR_MS],
      [NOON_MS + 10 * SECOND_MS, NOON_MS + 10 * SECOND_MS],
    ] as const) {
      const window = await process.range(fromMs, toMs);
      expect(requestsIn(window)).toBe(0);
      expect(window.slowRequests.list()).toEqual([]);
      expect(window.startMs).toBe(Number.POSITIVE_INFINITY);
    }
  });

  it('keeps the last hour in full detail beside coarser days', async () => {
    const process = await runFor(3 * HOUR_MS);
    const samples = (await process.all()).systemSamples.list().map(({ timestampMs }) => timestampMs);
    const lastHourMs = process.clock.nowMs - HOUR_MS;
    expect(samples.filter((timestampMs) => timestampMs >= lastHourMs)).toEqual(
      everyTenSeconds(lastHourMs, process.clock.nowMs),
    );
    expect(samples.filter((timestampMs) => timestampMs < lastHourMs)).toHaveLength(120);
  });
});

describe('the live window', () => {
  it('is part of the answer, and is not changed by it', async () => {
    const process = await runFor(MINUTE_MS);
    process.aggregator.record(slowRequestAt(process.clock.nowMs));
    process.aggregator.addSample(sampleAt(process.clock.nowMs));
    const before = encodeWindow(process.aggregator.live);
    const first = await process.all();
    first.record(requestAt(NOON_MS));
    first.endpoints.get('GET /')?.stats.record(requestAt(NOON_MS));
    expect(encodeWindow(process.aggregator.live)).toEqual(before);
    expect(requestsIn(await process.all())).toBe(7);
  });

  it('may be recorded into while the answer is made', async () => {
    const process = await runFor(MINUTE_MS);
    process.aggregator.record(requestAt(process.clock.nowMs));
    const reading = process.all();
    for (let n = 0; n < 10; n++) process.aggregator.record(requestAt(process.clock.nowMs));
    expect(requestsIn(await reading)).toBe(7);
    expect(requestsIn(await process.all())).toBe(17);
  });

  it('is left out where the range ends before it begins', async () => {
    const process = await runFor(MINUTE_MS);
    process.aggregator.record(requestAt(process.clock.nowMs));
    expect(requestsIn(await process.range(0, NOON_MS + MINUTE_MS))).toBe(6);
  });

  it('is found by its end, however long ago it began', async () => {
    const process = new MeasuringProcess();
    process.aggregator.record(requestAt(NOON_MS));
    process.clock.nowMs = NOON_MS + 3 * HOUR_MS;
    const lastHour = await process.range(process.clock.nowMs - HOUR_MS, Number.POSITIVE_INFINITY);
    expect(requestsIn(lastHour)).toBe(1);
  });

  it('is not needed: a store can be read by who measures nothing', async () => {
    const process = await runFor(MINUTE_MS);
    const history = new History({ store: process.memory, limits: process.aggregator.live.limits });
    expect(requestsIn((await history.window(...ALL_TIME)).window)).toBe(6);
  });
});

describe('a row that is no window', () => {
  it('is left out and counted', async () => {
    const process = await runFor(2 * MINUTE_MS);
    const bad = { minuteMs: NOON_MS, spanMs: MINUTE_MS, writer: 'other', sequence: 4 };
    await process.memory.append([{ ...bad, payload: Uint8Array.of(255, 0, 1) }]);
    const { window, skippedRows } = await process.history.window(...ALL_TIME);
    expect(requestsIn(window)).toBe(12);
    expect(skippedRows).toBe(1);
  });
});

describe('a store that is away', () => {
  it('rejects the answer with what it said', async () => {
    const process = await runFor(MINUTE_MS);
    await process.memory.close();
    await expect(process.all()).rejects.toMatchObject({ code: 'TACHO_STORE_UNAVAILABLE' });
  });
});

describe('the event loop', () => {
  it('gets a turn between large rows', async () => {
    const process = new MeasuringProcess();
    for (let minute = 0; minute < 10; minute++) {
      for (let n = 0; n < 900; n++) {
        process.aggregator.record(slowRequestAt(process.clock.nowMs, { traceId: 'ab'.repeat(32) + n }));
      }
      process.clock.nowMs += MINUTE_MS;
      await process.writer.flush();
    }
    let turns = 0;
    const count = (): void => {
      turns++;
      counting = setImmediate(count);
    };
    let counting = setImmediate(count);
    const window = await process.all();
    clearImmediate(counting);
    expect(requestsIn(window)).toBe(9000);
    expect(turns).toBeGreaterThanOrEqual(10);
  });
});
