import { EndpointStats } from '../endpoint-stats.ts';
import { compareText } from '../kept-text.ts';
import { type KeyPeriod, keyPeriodOf } from '../key-period.ts';
import { heaviestFirst, type UserEntry } from '../user-table.ts';
import type { Window } from '../window.ts';
import { type CoverageReport, coverageReport } from './coverage.ts';
import { rounded } from './rounded.ts';
import { averageTime, errorRate, percentile } from './statistics.ts';
import type { CoveredWindow } from './summary.ts';
import { timestamp } from './timestamp.ts';

/** What users asked for. Times are seconds, of completed requests as `count` and `errors` are. */
export interface UserFiguresReport {
  count: number;
  total_time: number;
  /** These two are null where no request was completed. */
  avg_time: number | null;
  p95: number | null;
  /** Status 400 or above. */
  errors: number;
  /** Percentage of `count`; 0 where no request was completed. */
  error_rate: number;
  aborted: number;
  streamed: number;
  /** Completed, and longer than 2 s. */
  slow_requests: number;
}

export interface UserReport extends UserFiguresReport {
  /** The pseudonym. */
  user: string;
  /** The id of the key period that the pseudonym is of; null where the text is no pseudonym. */
  key_period: string | null;
}

export interface KeyPeriodReport {
  id: string;
  /** Null where the key is no longer known. */
  from: string | null;
  /** Null where the key is no longer known, or still in use. */
  to: string | null;
}

export interface UsersReport extends CoverageReport {
  /** Most requests first, whatever their outcome. */
  users: UserReport[];
  /** All users that are not listed, together. */
  others: UserFiguresReport;
  /** Those that users were measured in, in the order of their ids. A user is another one in each. */
  key_periods: KeyPeriodReport[];
}

export interface UsersOptions {
  /** Epoch milliseconds. */
  nowMs: number;
  /** The most users to list. */
  limit: number;
  /** The periods whose times are known. */
  keyPeriods?: readonly KeyPeriod[] | undefined;
}

export function usersReport(
  covered: CoveredWindow,
  { nowMs, limit, keyPeriods = [] }: UsersOptions,
): UsersReport {
  const { window } = covered;
  const entries = [...window.users.entries()].sort(heaviestFirst);
  return {
    users: entries.slice(0, limit).map(oneUser),
    others: figures(othersOf(window, entries.slice(limit))),
    key_periods: periodsOf(entries, keyPeriods),
    ...coverageReport(covered, nowMs),
  };
}

function oneUser({ user, stats }: UserEntry): UserReport {
  return { user, key_period: keyPeriodOf(user) ?? null, ...figures(stats) };
}

function figures(stats: EndpointStats): UserFiguresReport {
  return {
    count: stats.count,
    total_time: rounded(stats.sumUs / 1_000_000, 6),
    avg_time: stats.count === 0 ? null : averageTime(stats),
    p95: percentile(stats, 0.95),
    errors: stats.errors,
    error_rate: errorRate(stats),
    aborted: stats.aborted,
    streamed: stats.streamed,
    slow_requests: stats.slow,
  };
}

function othersOf(window: Window, unlisted: readonly UserEntry[]): EndpointStats {
  const others = new EndpointStats();
  others.merge(window.users.others);
  for (const { stats } of unlisted) others.merge(stats);
  return others;
}

function periodsOf(entries: readonly UserEntry[], known: readonly KeyPeriod[]): KeyPeriodReport[] {
  const ids = new Set(entries.map(({ user }) => keyPeriodOf(user)).filter((id) => id !== undefined));
  return [...ids]
    .sort((a, b) => a.length - b.length || compareText(a, b))
    .map((id) => {
      const period = known.find((one) => one.id === id);
      return { id, from: timeOf(period?.fromMs), to: timeOf(period?.toMs) };
    });
}

function timeOf(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : timestamp(epochMs);
}
