import {
  DAY_MS,
  HOUR_MS,
  lastPeriodBy,
  type PeriodSpan,
  type RequestRecord,
  type ReviewReport,
  wholeReviewReport,
} from '@tacho/core';
import { aPast, aRequest, type Happened, NOW_MS, samplesOf } from './a-past.ts';

interface Endpoint {
  readonly method: string;
  readonly route: string;
  /** In a busy hour. */
  readonly requests: number;
  readonly durationMs: number;
  /** Of so many requests one fails; 0 for none. */
  readonly failing?: number;
}

const BEFORE: readonly Endpoint[] = [
  { method: 'GET', route: '/api/products', requests: 12, durationMs: 40 },
  { method: 'GET', route: '/api/search', requests: 8, durationMs: 180 },
  { method: 'POST', route: '/api/auth/login', requests: 4, durationMs: 230, failing: 30 },
  { method: 'POST', route: '/api/orders', requests: 2, durationMs: 420, failing: 50 },
  { method: 'GET', route: '/api/reports/{id}', requests: 1, durationMs: 900 },
  { method: 'GET', route: '/api/v1/legacy', requests: 1, durationMs: 60 },
];

const NOW: readonly Endpoint[] = [
  { method: 'GET', route: '/api/products', requests: 14, durationMs: 41 },
  { method: 'GET', route: '/api/search', requests: 8, durationMs: 430 },
  { method: 'POST', route: '/api/auth/login', requests: 4, durationMs: 230, failing: 6 },
  { method: 'POST', route: '/api/orders', requests: 2, durationMs: 250, failing: 50 },
  { method: 'GET', route: '/api/reports/{id}', requests: 1, durationMs: 910 },
  { method: 'GET', route: '/api/v2/{path}', requests: 1, durationMs: 35 },
];

/** A week in which a few things happened, the same each time. */
export function aWeek(): ReviewReport {
  const span = lastPeriodBy('week', NOW_MS);
  const previous = lastPeriodBy('week', span.fromMs);
  const nothingFrom = span.fromMs + 2 * DAY_MS + 3 * HOUR_MS;
  const isMissed = (atMs: number): boolean => atMs >= nothingFrom && atMs < nothingFrom + 4.5 * HOUR_MS;
  const now: Happened = {
    requests: traffic(span, NOW).filter(({ startMs }) => !isMissed(startMs)),
    samples: samplesOf(span, (atMs) =>
      isMissed(atMs)
        ? undefined
        : {
            cpuPercent: 10 + 70 * busyness(atMs),
            memoryPercent: 48 + 0.5 * wave(atMs),
            diskPercent: 62 + (1.1 * (atMs - span.fromMs)) / DAY_MS,
          },
    ),
  };
  return wholeReviewReport(
    aPast('week', now, { requests: traffic(previous, BEFORE), samples: samplesOf(previous) }),
    {
      nowMs: NOW_MS,
      users: true,
    },
  );
}

function traffic({ fromMs, toMs }: PeriodSpan, endpoints: readonly Endpoint[]): RequestRecord[] {
  const requests: RequestRecord[] = [];
  const random = seeded(7);
  for (let hourMs = fromMs; hourMs < toMs; hourMs += HOUR_MS) {
    for (const { method, route, requests: most, durationMs, failing = 0 } of endpoints) {
      const count = Math.ceil(most * busyness(hourMs));
      for (let n = 0; n < count; n++) {
        const isFailed = failing > 0 && random() < 1 / failing;
        requests.push(
          aRequest({
            startMs: hourMs + random() * HOUR_MS,
            durationMs: durationMs * (0.6 + 0.4 * random()) * (random() < 0.02 ? 6 : 1),
            method,
            route,
            status: isFailed ? (method === 'POST' && route.endsWith('login') ? 401 : 500) : 200,
            user: `k1.${['ada', 'bob', 'cyd'][Math.floor(random() ** 2 * 3)]}`,
          }),
        );
      }
    }
  }
  return requests;
}

/** 0 to 1: by day more than by night, and on working days more than on others. */
function busyness(atMs: number): number {
  const date = new Date(atMs);
  const isWeekend = date.getUTCDay() % 6 === 0;
  const byDay = 0.5 - 0.5 * Math.cos((2 * Math.PI * (date.getUTCHours() - 2)) / 24);
  return (isWeekend ? 0.4 : 1) * (0.1 + 0.9 * byDay);
}

function wave(atMs: number): number {
  return Math.sin((2 * Math.PI * atMs) / (5 * HOUR_MS));
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
