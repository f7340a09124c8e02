import type { AccessLogEntry, AccessLogVerification, AccessLog as Report } from '@tacho/api-contract';
import { timestamp } from '@tacho/core';
import type { Journal, JournalEntry, JournalKey, JournalVerification } from '@tacho/store';
import { accessOf } from './access-text.ts';

/** The last moment that a date can be. */
const END_OF_TIME_MS = 8.64e15;

export interface AccessLogQuery {
  /** Epoch milliseconds, included. */
  readonly fromMs: number;
  /** Epoch milliseconds, excluded; may be infinite. */
  readonly toMs: number;
  readonly limit: number;
  /** Where the page before it has ended. */
  readonly before?: JournalKey | undefined;
}

export interface AccessLogPage {
  /** Latest first. */
  readonly entries: readonly JournalEntry[];
  /** What to ask for the next page with; undefined on the last. */
  readonly next: JournalKey | undefined;
}

/** Rejects as `Journal.read` does. */
export async function readAccessLogPage(
  journal: Pick<Journal, 'read'>,
  { fromMs, toMs, limit, before }: AccessLogQuery,
): Promise<AccessLogPage> {
  const found = await journal.read(fromMs, toMs, limit + 1, before);
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  if (last === undefined || found.length <= limit) return { entries, next: undefined };
  const { timestampMs, writer, sequence } = last;
  return { entries, next: { timestampMs, writer, sequence } };
}

export function accessLogReport({ entries }: AccessLogPage): Report {
  return entries.map(oneEntry);
}

export function accessLogVerificationReport(verification: JournalVerification): AccessLogVerification {
  const { intact, entries, oldestMs, newestMs, head, keptHead, faultCount, faults } = verification;
  return {
    intact,
    entries,
    oldest: oldestMs === undefined ? null : timeOf(oldestMs),
    newest: newestMs === undefined ? null : timeOf(newestMs),
    head,
    kept_head: keptHead ?? null,
    fault_count: faultCount,
    faults: faults.map(({ position, kind, writer = null, sequence = null }) => ({
      position,
      kind,
      writer,
      sequence,
    })),
  };
}

/** Nothing that is there is left out, whoever wrote it. */
function oneEntry(entry: JournalEntry): AccessLogEntry {
  const access = accessOf(entry);
  return {
    timestamp: timeOf(entry.timestampMs),
    who: access?.who || null,
    role: access?.role ?? null,
    network: access?.network || null,
    method: access?.method || null,
    operation: access?.operation || null,
    target: access?.target || null,
    status: access?.status || null,
    reason: access === undefined ? 'unreadable' : (access.reason ?? null),
    count: access?.count ?? 1,
  };
}

function timeOf(epochMs: number): string {
  return timestamp(Math.min(Math.max(epochMs, -END_OF_TIME_MS), END_OF_TIME_MS));
}
