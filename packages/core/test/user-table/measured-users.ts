import type { RequestRecord } from '../../src/record.ts';
import { UserTable } from '../../src/user-table.ts';
import { dumpOfStats } from '../dump.ts';
import { aRequest } from '../report/measured.ts';

export function tableOf(maxUsers: number, users: Iterable<string | undefined>): UserTable {
  const table = new UserTable(maxUsers);
  for (const user of users) table.record(aRequest({ user }));
  return table;
}

export function record(table: UserTable, request: RequestRecord): void {
  table.record(request);
}

/** Requests by user. */
export function totalsOf(table: UserTable): Record<string, number> {
  return Object.fromEntries([...table.entries()].map(({ user, stats }) => [user, stats.total]));
}

/** Of all users, told apart or not. */
export function sumOf(table: UserTable): number {
  return Object.values(totalsOf(table)).reduce((sum, total) => sum + total, table.others.total);
}

/** All that the table says, in the order of pseudonyms. */
export function dumpOfUsers(table: UserTable) {
  const users = [...table.entries()]
    .map(({ user, stats }) => ({ user, ...dumpOfStats(stats) }))
    .sort((a, b) => (a.user < b.user ? -1 : 1));
  return { users, others: dumpOfStats(table.others) };
}
