import { ceilTo, DAY_MS, HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { HistorySeries, SeriesQuery, StoreReading } from '@tacho/store';

const MAX_STEPS = 120;
const STEPS_MS = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440].map((n) => n * MINUTE_MS);
const RESOLUTION_MS = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS } as const;

/** Steps as the admin API chooses them: about a hundred, or as many as what is stored is still fine enough for. */
export async function historySteps(
  reading: Pick<StoreReading, 'series'>,
  query: Omit<SeriesQuery, 'stepMs'>,
  hours: number,
): Promise<HistorySeries> {
  const wantedMs = STEPS_MS.find((stepMs) => stepMs >= (hours * HOUR_MS) / MAX_STEPS) ?? DAY_MS;
  const series = await reading.series({ ...query, stepMs: wantedMs });
  const servedMs = ceilTo(wantedMs, RESOLUTION_MS[series.resolution]);
  return servedMs === wantedMs ? series : await reading.series({ ...query, stepMs: servedMs });
}
