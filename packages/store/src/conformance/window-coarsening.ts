import { beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, DEFAULT_LIMITS, decodeWindow, encodeWindow, HOUR_MS, MINUTE_MS, Window } from '@tacho/core';
import { spanOf } from '../window-span.ts';
import type { WindowRow, WindowStore } from '../window-store.ts';
import { benchOf, NOON_MS, type OpenStore } from './store-parts.ts';

const ALL_TIME = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
const STEP_MS = 13 * MINUTE_MS;
const STEPS = Math.floor((3 * DAY_MS) / STEP_MS);

/** What a store may and may not do to rows as they age. A store that leaves them as they are passes too. */
export function describeCoarsening(open: OpenStore): void {
  describe('windows that age for three days', () => {
    const bench = benchOf(open);
    const appended: WindowRow[] = [];

    beforeEach(async () => {
      const { windows, clock } = bench();
      appended.length = 0;
      for (let step = 0; step < STEPS; step++) {
        clock.nowMs = NOON_MS + step * STEP_MS;
        for (const writer of ['a', 'b']) {
          const row = rowAt(clock.nowMs, writer, step);
          appended.push(row);
          await windows.append([row]);
        }
      }
    });

    it('still add up, for each writer', async () => {
      const rows = await bench().windows.read(...ALL_TIME);
      expect(requestsIn(rows, 'a')).toBe(STEPS);
      expect(requestsIn(rows, 'b')).toBe(STEPS);
    });

    it('lie where they were measured', async () => {
      const { windows } = bench();
      for (const row of appended) {
        const covering = await windows.read(row.minuteMs, row.minuteMs + row.spanMs);
        expect(
          covering.some(({ writer, sequence }) => writer === row.writer && sequence >= row.sequence),
        ).toBe(true);
      }
    });

    it('are as they came for an hour', async () => {
      const lastHourMs = NOON_MS + (STEPS - 1) * STEP_MS - HOUR_MS;
      const recent = (rows: readonly WindowRow[]): WindowRow[] =>
        rows.filter(({ minuteMs }) => minuteMs >= lastHourMs);
      expect(recent(await bench().windows.read(...ALL_TIME))).toEqual(recent(appended));
    });

    it('are read in the order of their keys', async () => {
      const rows = await bench().windows.read(...ALL_TIME);
      const keys = rows.map(({ minuteMs, writer, sequence }) => ({ minuteMs, writer, sequence }));
      const inOrder = keys.toSorted(
        (a, b) => a.minuteMs - b.minuteMs || a.writer.localeCompare(b.writer) || a.sequence - b.sequence,
      );
      expect(keys).toEqual(inOrder);
    });

    it('are not counted again by a retry', async () => {
      const { windows } = bench();
      await windows.append(appended);
      expect(await requestsOfAll(windows)).toBe(2 * STEPS);
    });

    it.each([
      ['an hour back', -HOUR_MS],
      ['a day ahead', DAY_MS],
      ['ten years ahead', 3653 * DAY_MS],
      ['to the beginning', -NOON_MS],
    ])('outlive a clock that is set %s, and back', async (_, jumpMs) => {
      const { windows, clock } = bench();
      for (const [index, jump] of [jumpMs, jumpMs, -jumpMs, -jumpMs].entries()) {
        if (index % 2 === 0) clock.nowMs = Math.max(0, clock.nowMs + jump);
        else clock.nowMs += MINUTE_MS;
        await windows.append([rowAt(clock.nowMs, 'a', STEPS + index)]);
      }
      expect(await requestsOfAll(windows)).toBe(2 * STEPS + 4);
    });
  });
}

/** Ten seconds with one request. */
function rowAt(endMs: number, writer: string, sequence: number): WindowRow {
  const startMs = Math.max(0, endMs - 10_000);
  const window = new Window(DEFAULT_LIMITS, startMs, endMs);
  window.record({
    startMs,
    durationMs: 20,
    method: 'GET',
    route: `/${sequence % 3}`,
    status: 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
  });
  return { ...spanOf(startMs, endMs), writer, sequence, payload: encodeWindow(window) };
}

async function requestsOfAll(windows: WindowStore): Promise<number> {
  const rows = await windows.read(...ALL_TIME);
  return requestsIn(rows, 'a') + requestsIn(rows, 'b');
}

function requestsIn(rows: readonly WindowRow[], writer: string): number {
  let requests = 0;
  for (const row of rows) {
    if (row.writer !== writer) continue;
    for (const { stats } of decodeWindow(row.payload, DEFAULT_LIMITS).endpoints.entries())
      requests += stats.total;
  }
  return requests;
}
