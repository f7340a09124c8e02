import { beforeAll, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { WindowRow } from '../window-store.ts';
import { ALL_TIME, requestsByEndpoint, requestsIn, requestsStored, rowOf } from './measured-rows.ts';
import { type Bench, benchOf, NOON_MS, type OpenStore, sharedBenchOf } from './store-parts.ts';

const STEP_MS = 47 * MINUTE_MS;
const STEPS = Math.floor((3 * DAY_MS) / STEP_MS);

/** What a store may and may not do to rows as they age. A store that leaves them as they are passes too. */
export function describeCoarsening(open: OpenStore): void {
  describe('windows that age for three days', () => {
    const shared = sharedBenchOf(open);
    let appended: readonly WindowRow[] = [];
    beforeAll(async () => {
      appended = await age(shared());
    });

    it('still add up, for each endpoint', async () => {
      const { window } = await shared().windows.read(ALL_TIME);
      const requests = Object.values(requestsByEndpoint(window));
      expect(requests.reduce((a, b) => a + b)).toBe(2 * STEPS);
      expect(Math.max(...requests) - Math.min(...requests)).toBeLessThanOrEqual(2);
    });

    it('are found where they were measured, in an answer that says what it covers', async () => {
      const { windows } = shared();
      for (const { minuteMs, spanMs } of appended.filter((_, index) => index % 20 === 0)) {
        const answer = await windows.read({ fromMs: minuteMs, toMs: minuteMs + spanMs });
        expect(answer.fromMs).toBeLessThanOrEqual(minuteMs);
        expect(answer.toMs).toBeGreaterThanOrEqual(minuteMs + spanMs);
        const covered = appended.filter((row) => row.minuteMs >= answer.fromMs && row.minuteMs < answer.toMs);
        expect(requestsIn(answer.window)).toBe(covered.length);
      }
    });

    it('are told apart by the minute for an hour', async () => {
      const { windows } = shared();
      const lastHourMs = NOON_MS + (STEPS - 1) * STEP_MS - HOUR_MS;
      for (const { minuteMs } of appended.filter((row) => row.minuteMs >= lastHourMs)) {
        expect(await requestsStored(windows, { fromMs: minuteMs, toMs: minuteMs + 1 })).toBe(2);
      }
    });

    it('add up in a series of any step', async () => {
      const { windows } = shared();
      for (const stepMs of [15 * MINUTE_MS, HOUR_MS, DAY_MS]) {
        const { steps } = await windows.series({ ...ALL_TIME, stepMs });
        expect(steps.every(({ startMs }) => startMs % stepMs === 0)).toBe(true);
        expect(steps.reduce((sum, { stats }) => sum + stats.total, 0)).toBe(2 * STEPS);
      }
    });

    it('are not counted again by a retry', async () => {
      const { windows } = shared();
      await windows.append(appended);
      expect(await requestsStored(windows)).toBe(2 * STEPS);
    });

    const bench = benchOf(open);
    it.each([
      ['an hour back', -HOUR_MS],
      ['a day ahead', DAY_MS],
      ['ten years ahead', 3653 * DAY_MS],
      ['to the beginning', -NOON_MS],
    ])('outlive a clock that is set %s, and back', async (_, jumpMs) => {
      const { windows, clock } = bench();
      await age(bench());
      for (const [index, jump] of [jumpMs, jumpMs, -jumpMs, -jumpMs].entries()) {
        if (index % 2 === 0) clock.nowMs = Math.max(0, clock.nowMs + jump);
        else clock.nowMs += MINUTE_MS;
        await windows.append([rowAt(clock.nowMs, 'a', STEPS + index)]);
        await windows.maintain();
      }
      expect(await requestsStored(windows)).toBe(2 * STEPS + 4);
    });
  });
}

/** Appends for three days, and maintains all the while. @returns what was appended */
async function age({ windows, clock }: Bench): Promise<WindowRow[]> {
  const appended: WindowRow[] = [];
  for (let step = 0; step < STEPS; step++) {
    clock.nowMs = NOON_MS + step * STEP_MS;
    const rows = ['a', 'b'].map((writer) => rowAt(clock.nowMs, writer, step));
    appended.push(...rows);
    await windows.append(rows);
    await windows.maintain();
  }
  return appended;
}

/** Ten seconds with one request. */
function rowAt(endMs: number, writer: string, sequence: number): WindowRow {
  return rowOf({ startMs: Math.max(0, endMs - 10_000), writer, sequence, routes: [`/${sequence % 3}`] });
}
