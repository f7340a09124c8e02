import { EndpointStats } from '../endpoint-stats.ts';
import { compareText } from '../kept-text.ts';
import { type KeyPeriod, keyPeriodOf } from '../key-period.ts';
import type { UserEntry } from '../user-table.ts';
import type { Window } from '../window.ts';
import { type CoverageReport, coverageReport } from './coverage.ts';
import { finished } from './finished.ts';
import { type PageOptions, type Position, pageInOrder } from './order.ts';
import { averageTime, percentile, totalTime } from './statistics.ts';
import type { CoveredWindow } from './summary.ts';
import { timestamp } from './timestamp.ts';
import { type UserFiguresReport, userFigures } from './user-figures.ts';

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
  /** Most requests first, whatever their outcome, unless another order was asked for. */
  users: UserReport[];
  /** All users that are not listed here, together. */
  others: UserFiguresReport;
  /** Those that users were measured in, in the order of their ids. A user is another one in each. */
  key_periods: KeyPeriodReport[];
}

/** `count` is of requests whatever their outcome. */
export type UserSort = 'count' | 'total_time' | 'avg_time' | 'p95' | 'errors' | 'slow_requests';

const FIGURES: Record<UserSort, (stats: EndpointStats) => number | null> = {
  count: (stats) => stats.total,
  total_time: totalTime,
  avg_time: (stats) => (stats.count === 0 ? null : averageTime(stats)),
  p95: (stats) => percentile(stats, 0.95),
  errors: (stats) => stats.errors,
  slow_requests: (stats) => stats.slow,
};

export interface UsersOptions {
  /** Epoch milliseconds. */
  nowMs: number;
  /** The most users to list. */
  limit: number;
  /** The periods whose times are known. */
  keyPeriods?: readonly KeyPeriod[] | undefined;
}

export interface UsersPage {
  readonly report: UsersReport;
  /** Where the page ends; undefined where the list does. */
  readonly end: Position | undefined;
}

export function usersReport(covered: CoveredWindow, options: UsersOptions): UsersReport {
  return finished(usersPage(covered, { ...options, sort: 'count' })).report;
}

/** Users by one of their figures, the greatest first; made in pieces. */
export function* usersPage(
  covered: CoveredWindow,
  { nowMs, keyPeriods = [], ...options }: UsersOptions & PageOptions<UserSort>,
): Generator<undefined, UsersPage, undefined> {
  const { window } = covered;
  const all = [...window.users.entries()];
  const figure = FIGURES[options.sort];
  const order = { value: ({ stats }: UserEntry) => figure(stats), name: ({ user }: UserEntry) => user };
  const { entries, end } = yield* pageInOrder(all, order, options);
  const users: UserReport[] = [];
  for (const entry of entries) {
    users.push(oneUser(entry));
    yield;
  }
  const others = yield* othersOf(window, new Set(entries));
  const report = {
    users,
    others: userFigures(others),
    key_periods: periodsOf(all, keyPeriods),
    ...coverageReport(covered, nowMs),
  };
  return { report, end };
}

function oneUser({ user, stats }: UserEntry): UserReport {
  return { user, key_period: keyPeriodOf(user) ?? null, ...userFigures(stats) };
}

function* othersOf(
  { users }: Pick<Window, 'users'>,
  listed: ReadonlySet<UserEntry>,
): Generator<undefined, EndpointStats, undefined> {
  const others = new EndpointStats();
  others.merge(users.others);
  for (const entry of users.entries()) {
    if (!listed.has(entry)) others.merge(entry.stats);
    yield;
  }
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
