import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import fc from 'fast-check';
import { NOON_MS, requestAt, requestsIn, sampleAt } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';

const YEAR_MS = 365.25 * DAY_MS;

/** A process with a month behind it, one request an hour, and whoever sets its clock. */
class JumpyProcess extends MeasuringProcess {
  recorded = 0;

  async measure(forMs: number, everyMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < forMs; passedMs += everyMs) {
      this.aggregator.record(requestAt(this.clock.nowMs));
      this.aggregator.addSample(sampleAt(this.clock.nowMs));
      this.recorded++;
      this.clock.nowMs += everyMs;
      await this.writer.flush();
    }
  }

  /** In the middle of a window. */
  jump(byMs: number): void {
    this.aggregator.record(requestAt(this.clock.nowMs));
    this.recorded++;
    this.clock.nowMs = Math.max(0, this.clock.nowMs + byMs);
  }

  async expectAll(): Promise<void> {
    expect(requestsIn(await this.all())).toBe(this.recorded);
  }
}

async function aMonthOld(): Promise<JumpyProcess> {
  const process = new JumpyProcess();
  await process.measure(29 * DAY_MS, HOUR_MS);
  return process;
}

describe('a clock that is set', () => {
  it.each([
    ['a second ahead', SECOND_MS],
    ['a second back', -SECOND_MS],
    ['an hour ahead', HOUR_MS],
    ['an hour back', -HOUR_MS],
    ['a day ahead', DAY_MS],
    ['a day back', -DAY_MS],
    ['ten years ahead', 10 * YEAR_MS],
    ['ten years back', -10 * YEAR_MS],
    ['to the beginning', -2 * NOON_MS],
  ])('%s, and back: nothing is lost, and the last month can be asked for', async (_, byMs) => {
    const process = await aMonthOld();
    const monthMs = process.clock.nowMs - 29 * DAY_MS;
    process.jump(byMs);
    await process.measure(5 * MINUTE_MS, 10 * SECOND_MS);
    await process.expectAll();
    process.jump(-byMs);
    process.clock.nowMs = Math.max(process.clock.nowMs, NOON_MS + 29 * DAY_MS);
    await process.measure(5 * MINUTE_MS, 10 * SECOND_MS);
    await process.expectAll();
    const month = await process.range(monthMs, Number.POSITIVE_INFINITY);
    expect(requestsIn(month)).toBeGreaterThanOrEqual(29 * 24 + 30);
  });

  it('ten years ahead for good: the month before is kept until a month has been measured', async () => {
    const process = await aMonthOld();
    process.jump(10 * YEAR_MS);
    await process.measure(12 * HOUR_MS, 10 * MINUTE_MS);
    await process.expectAll();
    await process.measure(31 * DAY_MS, HOUR_MS);
    expect(requestsIn(await process.all())).toBeLessThan(process.recorded - 27 * 24);
  });

  it('back: what lies in the future by then is still in an answer that goes up to now', async () => {
    const process = new JumpyProcess();
    await process.measure(2 * HOUR_MS, MINUTE_MS);
    process.jump(-HOUR_MS);
    const sinceMs = process.clock.nowMs - HOUR_MS;
    expect(requestsIn(await process.range(sinceMs, Number.POSITIVE_INFINITY))).toBe(process.recorded);
    await process.measure(HOUR_MS, MINUTE_MS);
    await process.expectAll();
  });

  it('and stands still: what is measured adds up', async () => {
    const process = new JumpyProcess();
    for (let n = 0; n < 500; n++) {
      process.aggregator.record(requestAt(process.clock.nowMs));
      await process.writer.flush();
    }
    expect(requestsIn(await process.all())).toBe(500);
  });

  it('on while the machine sleeps: the window that was open does not age the others', async () => {
    const process = await aMonthOld();
    process.jump(40 * DAY_MS);
    await process.measure(MINUTE_MS, 10 * SECOND_MS);
    await process.expectAll();
  });

  it('again and again, anyhow: nothing is lost', async () => {
    const anyJump = fc.oneof(
      fc.integer({ min: -2000, max: 2000 }),
      fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }),
      fc.integer({ min: -50 * YEAR_MS, max: 50 * YEAR_MS }),
    );
    const anyPath = fc.array(fc.tuple(anyJump, fc.integer({ min: 1, max: 8 })), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(anyPath, fc.constantFrom(2000, 16_000_000), async (path, maxBytes) => {
        const process = new JumpyProcess({ maxBytes });
        for (const [byMs, minutes] of path) {
          process.jump(byMs);
          await process.measure(minutes * MINUTE_MS, MINUTE_MS);
          await process.expectAll();
        }
      }),
      { numRuns: 60 },
    );
  });
});
