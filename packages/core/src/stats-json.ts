import { EndpointStats } from './endpoint-stats.ts';
import { isCount, JsonFields } from './json-fields.ts';
import { BUCKET_COUNT } from './sketch/mapping.ts';
import type { Sketch } from './sketch/sketch.ts';
import { isDurationMs } from './validity.ts';

/** `EndpointStats` as JSON. Durations are whole microseconds; all but `aborted` and `streamed` is of completed requests. */
export interface StatsJson {
  /** Completed requests. */
  readonly count: number;
  readonly aborted: number;
  readonly streamed: number;
  readonly client_errors: number;
  readonly server_errors: number;
  /** Longer than 2 s. */
  readonly slow: number;
  /** Apdex, T = 500 ms. */
  readonly satisfied: number;
  readonly tolerating: number;
  readonly sum_us: number;
  /** Null where nothing was completed. */
  readonly min_us: number | null;
  readonly max_us: number | null;
  /** Durations under 1 µs and over 1 h, which the lowest and the highest bucket count. */
  readonly below_range: number;
  readonly above_range: number;
  /** Bucket and count, lowest first. Each octave of milliseconds has 64 buckets; bucket 0 holds 1 µs. */
  readonly buckets: readonly (readonly [bucket: number, count: number])[];
}

const FIELDS = [
  'count',
  'aborted',
  'streamed',
  'client_errors',
  'server_errors',
  'slow',
  'satisfied',
  'tolerating',
  'sum_us',
  'min_us',
  'max_us',
  'below_range',
  'above_range',
  'buckets',
] as const;

export function statsJson(stats: EndpointStats): StatsJson {
  return {
    count: stats.count,
    aborted: stats.aborted,
    streamed: stats.streamed,
    client_errors: stats.clientErrors,
    server_errors: stats.serverErrors,
    slow: stats.slow,
    satisfied: stats.satisfied,
    tolerating: stats.tolerating,
    sum_us: stats.sumUs,
    min_us: stats.count === 0 ? null : stats.minUs,
    max_us: stats.count === 0 ? null : stats.maxUs,
    below_range: stats.sketch.belowRange,
    above_range: stats.sketch.aboveRange,
    buckets: bucketsOf(stats.sketch),
  };
}

/**
 * @param path where the value stands, for messages
 * @throws TachoError `TACHO_BAD_DATA`
 */
export function statsOfJson(value: unknown, path: string): EndpointStats {
  const fields = new JsonFields(value, path, FIELDS);
  const stats = new EndpointStats();
  stats.aborted = fields.count('aborted');
  stats.streamed = fields.count('streamed');
  stats.clientErrors = fields.count('client_errors');
  stats.serverErrors = fields.count('server_errors');
  stats.slow = fields.count('slow');
  stats.satisfied = fields.count('satisfied');
  stats.tolerating = fields.count('tolerating');
  stats.sumUs = fields.count('sum_us');
  stats.count = fields.count('count');
  readSketch(fields, stats.sketch);
  if (stats.count > 0) {
    stats.minUs = fields.count('min_us');
    stats.maxUs = fields.count('max_us');
  } else if (!fields.isNull('min_us') || !fields.isNull('max_us')) {
    throw fields.bad('min_us', 'nothing was completed');
  }
  if (!isConsistent(stats)) throw fields.bad('count', 'the figures contradict each other');
  return stats;
}

/** Whether requests could have been recorded that add up to this. */
function isConsistent(stats: EndpointStats): boolean {
  const { count, sketch, sumUs, minUs, maxUs } = stats;
  if (sketch.count !== count || sketch.belowRange + sketch.aboveRange > count) return false;
  if (stats.errors > count || stats.slow > count) return false;
  if (stats.satisfied + stats.tolerating + stats.serverErrors > count) return false;
  if (count === 0) return sumUs === 0;
  if (minUs > maxUs || !isDurationMs(maxUs / 1000)) return false;
  if (count === 1) return minUs === maxUs && sumUs === minUs;
  return count === 2 ? sumUs === minUs + maxUs : sumUs >= minUs + maxUs;
}

function bucketsOf({ counts, firstBucket }: Sketch): [bucket: number, count: number][] {
  const buckets: [number, number][] = [];
  for (const [index, count] of counts.entries()) if (count > 0) buckets.push([firstBucket + index, count]);
  return buckets;
}

function readSketch(fields: JsonFields<(typeof FIELDS)[number]>, sketch: Sketch): void {
  sketch.belowRange = fields.count('below_range');
  sketch.aboveRange = fields.count('above_range');
  let next = 0;
  for (const pair of fields.list('buckets')) {
    const [bucket, count] = Array.isArray(pair) && pair.length === 2 ? pair : [];
    const isInPlace = isCount(bucket) && bucket >= next && bucket < BUCKET_COUNT;
    if (!isInPlace || !isCount(count) || count === 0) {
      throw fields.bad('buckets', `expected [bucket, count], buckets rising up to ${BUCKET_COUNT - 1}`);
    }
    sketch.addToBucket(bucket, count);
    next = bucket + 1;
  }
}
