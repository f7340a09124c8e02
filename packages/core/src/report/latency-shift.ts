import type { EndpointStats } from '../endpoint-stats.ts';
import { rounded } from './rounded.ts';
import { seconds } from './seconds.ts';

/** A percentile that is another one now. */
export interface LatencyShift {
  readonly percentile: 'p50' | 'p95';
  /** Seconds. */
  readonly before: number;
  readonly now: number;
  /** How many times as long it takes. */
  readonly times: number;
}

const PERCENTILES = [
  { percentile: 'p50', q: 0.5 },
  { percentile: 'p95', q: 0.95 },
] as const;

/** Less than that is within what a day or a deployment makes of any endpoint: by a quarter, and by 5 ms. */
const LEAST_TIMES = 1.25;
const LEAST_DIFFERENCE_MS = 5;

/** So seldom is chance alone that far out that a thousand endpoints make few false ones: 3.3 standard deviations. */
const Z = 3.3;

/**
 * The percentiles that changed by enough to matter, and by more than chance explains: their confidence intervals have
 * nothing in common. These are of ranks (Conover, "Practical nonparametric statistics", 1999, 3.2), so they take
 * nothing for granted of how response times are spread; where there are too few requests, they have no upper end.
 */
export function latencyShifts(before: EndpointStats, now: EndpointStats): LatencyShift[] {
  return PERCENTILES.flatMap(({ percentile, q }) => {
    const was = intervalOf(before, q);
    const is = intervalOf(now, q);
    const isApart = is.lowMs > was.highMs || was.lowMs > is.highMs;
    const isEnough = Math.abs(is.valueMs - was.valueMs) >= LEAST_DIFFERENCE_MS;
    const times = is.valueMs / was.valueMs;
    if (!isApart || !isEnough || Math.max(times, 1 / times) < LEAST_TIMES) return [];
    return {
      percentile,
      before: seconds(was.valueMs),
      now: seconds(is.valueMs),
      times: rounded(times, 4),
    };
  });
}

interface Interval {
  readonly valueMs: number;
  readonly lowMs: number;
  readonly highMs: number;
}

function intervalOf(stats: EndpointStats, q: number): Interval {
  const { count } = stats;
  const spread = Z * Math.sqrt(count * q * (1 - q));
  const low = Math.floor(count * q - spread);
  const high = Math.ceil(count * q + spread) + 1;
  return {
    valueMs: stats.quantileMs(q),
    lowMs: low < 1 ? 0 : stats.quantileMs(low / count),
    highMs: high > count ? Number.POSITIVE_INFINITY : stats.quantileMs(high / count),
  };
}
