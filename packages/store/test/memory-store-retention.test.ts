import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '@tacho/core';
import { ALL_TIME, requestAt, requestsIn } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';

/** A process that gets one request an hour. */
async function runFor(hours: number): Promise<MeasuringProcess> {
  const process = new MeasuringProcess();
  for (let hour = 0; hour < hours; hour++) {
    process.clock.nowMs += HOUR_MS;
    process.aggregator.record(requestAt(process.clock.nowMs));
    await process.writer.flush();
  }
  return process;
}

describe('the memory store', () => {
  it('keeps every count for thirty days', async () => {
    const process = await runFor(30 * 24);
    expect(requestsIn(await process.all())).toBe(30 * 24);
  });

  it('lets a day go thirty days after it ended', async () => {
    const process = await runFor(90 * 24);
    const kept = requestsIn(await process.all());
    expect(kept).toBeGreaterThanOrEqual(30 * 24);
    expect(kept).toBeLessThanOrEqual(31 * 24 + 1);
    const lastMonth = await process.range(process.clock.nowMs - 30 * DAY_MS, Number.POSITIVE_INFINITY);
    expect(requestsIn(lastMonth)).toBeGreaterThanOrEqual(30 * 24);
  });

  it('holds an hour in minutes, a day in hours and a month in days', async () => {
    const process = await runFor(40 * 24);
    const { nowMs } = process.clock;
    const rows = process.memory.inRange(...ALL_TIME);
    expect(rows.filter(({ minuteMs }) => minuteMs >= nowMs - DAY_MS)).toHaveLength(24);
    expect(rows.length).toBeLessThanOrEqual(24 + 32);
  });
});
