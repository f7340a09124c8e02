import {
  DAY_MS,
  DEFAULT_LIMITS,
  EndpointStats,
  floorTo,
  HOUR_MS,
  lastPeriodBy,
  MINUTE_MS,
  type PeriodSpan,
  periodAt,
  type RequestRecord,
  type ReviewPast,
  type ReviewPeriod,
  type SystemSample,
  Window,
} from '@tacho/core';

export const NOW_MS = Date.parse('2026-02-02T00:10:00Z');

/** What happened in a span, as a test says it. */
export interface Happened {
  readonly requests?: readonly RequestRecord[];
  readonly samples?: readonly SystemSample[];
}

export function aRequest(fields: Partial<RequestRecord> = {}): RequestRecord {
  return {
    startMs: NOW_MS - DAY_MS,
    durationMs: 100,
    method: 'GET',
    route: '/',
    status: 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
    ...fields,
  };
}

/** A sample each ten minutes of a span; the figures may say otherwise by the time, and leave some out. */
export function samplesOf(
  { fromMs, toMs }: Pick<PeriodSpan, 'fromMs' | 'toMs'>,
  figures: (atMs: number) => Partial<SystemSample> | undefined = () => ({}),
): SystemSample[] {
  const samples: SystemSample[] = [];
  for (let atMs = fromMs + 5 * MINUTE_MS; atMs < toMs; atMs += 10 * MINUTE_MS) {
    const own = figures(atMs);
    if (own === undefined) continue;
    samples.push({
      timestampMs: atMs,
      cpuPercent: 30,
      memoryPercent: 50,
      memoryAvailableBytes: 8e9,
      diskPercent: 60,
      diskFreeBytes: 2e10,
      ...own,
    });
  }
  return samples;
}

/** The last period that is over, as a store would tell it. */
export function aPast(
  period: ReviewPeriod,
  now: Happened,
  before: Happened = {},
  nowMs = NOW_MS,
): ReviewPast {
  const span = lastPeriodBy(period, nowMs);
  return pastOf(span, now, before);
}

export function pastOf(span: PeriodSpan, now: Happened, before: Happened): ReviewPast {
  const previous = periodAt(span.period, span.fromMs - 1);
  return {
    span,
    previous,
    now: windowOf(span, now),
    series: seriesOf(span, now),
    before: windowOf(previous, before),
    seriesBefore: seriesOf(previous, before),
    beforeEndMs: previous.toMs,
  };
}

const answer = { resolution: 'hour', skippedRows: 0, partial: false } as const;

function windowOf({ fromMs, toMs }: PeriodSpan, { requests = [], samples = [] }: Happened) {
  const window = new Window(DEFAULT_LIMITS, fromMs, toMs);
  for (const request of requests) window.record(request);
  for (const sample of samples) window.addSample(sample);
  return { ...answer, fromMs, toMs, window };
}

function seriesOf({ fromMs, toMs }: PeriodSpan, { requests = [] }: Happened) {
  const steps = new Map<number, EndpointStats>();
  for (const request of requests) {
    const startMs = floorTo(request.startMs, HOUR_MS);
    const stats = steps.get(startMs) ?? new EndpointStats();
    steps.set(startMs, stats);
    stats.record(request);
  }
  return {
    ...answer,
    fromMs,
    toMs,
    stepMs: HOUR_MS,
    steps: [...steps].sort(([a], [b]) => a - b).map(([startMs, stats]) => ({ startMs, stats })),
  };
}
