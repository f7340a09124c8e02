import type {
  Degradation,
  ExportHealth,
  FullHealth,
  NoticesReport,
  ProcessHealth,
  StoreHealth,
} from '@tacho/api-contract';
import { type ExportStatus, type SpanExportStatus, timestamp } from '@tacho/core';
import type { StoreStatus } from '@tacho/store';

/** What tacho's own health is judged by. */
export interface ServiceParts {
  readonly store: StoreStatus;
  /** Whether this process is the one that maintains the store. */
  readonly isLeader: boolean;
  /** Process id of the one that does, where that is known. */
  readonly leaderPid: number | undefined;
  /** Undefined where nothing is exported. */
  readonly export: ExportStatus | undefined;
  /** Undefined where no backups are made. */
  readonly backups: { readonly everyMs: number; readonly dir: string } | undefined;
  readonly process: RunningProcess;
  readonly notices: NoticesStatus;
}

/** The process that answers. */
export interface RunningProcess extends Pick<ProcessHealth, 'version' | 'node' | 'pid' | 'traces' | 'http'> {
  /** Epoch milliseconds. */
  readonly startedMs: number;
}

/** What tacho has warned of since it was started. */
export interface NoticesStatus {
  readonly count: number;
  /** Each text once; the one said last comes last. */
  readonly latest: readonly {
    readonly level: 'warn' | 'error';
    /** Epoch milliseconds, of the last. */
    readonly timeMs: number;
    readonly text: string;
    readonly count: number;
  }[];
}

export interface HealthReportOptions {
  /** Epoch milliseconds. */
  readonly nowMs: number;
  /** Whether to tell of notices: they are an operator's business. */
  readonly withNotices: boolean;
}

export function healthReport(
  { store, isLeader, leaderPid, export: exported, backups, process, notices }: ServiceParts,
  { nowMs, withNotices }: HealthReportOptions,
): FullHealth {
  const leader = { leader: isLeader, leader_pid: leaderPid ?? null };
  const parts = {
    store: { ...storeHealth(store), ...leader, backups: backups ? backupsOf(backups) : null },
    export: exported === undefined ? null : exportHealth(exported),
  };
  const isOk = Object.values(parts).every((part) => part === null || part.state === 'ok');
  return {
    status: isOk ? 'ok' : 'degraded',
    ...parts,
    process: processHealth(process, nowMs),
    notices: withNotices ? noticesReport(notices) : null,
  };
}

function backupsOf({ everyMs, dir }: NonNullable<ServiceParts['backups']>): StoreHealth['backups'] {
  return { every_seconds: everyMs / 1000, folder: dir };
}

function processHealth({ startedMs, ...process }: RunningProcess, nowMs: number): ProcessHealth {
  return { ...process, started: timestamp(startedMs), now: timestamp(nowMs) };
}

function noticesReport({ count, latest }: NoticesStatus): NoticesReport {
  return {
    count,
    latest: latest.map(({ timeMs, ...notice }) => ({ ...notice, timestamp: timestamp(timeMs) })),
  };
}

function storeHealth(status: StoreStatus): Omit<StoreHealth, 'leader' | 'leader_pid' | 'backups'> {
  const reason = degradationOf(status);
  const kind = status.location === 'memory' ? 'memory' : 'file';
  return {
    kind,
    location: kind === 'memory' ? null : status.location,
    state: reason === null ? 'ok' : 'degraded',
    reason,
    rows: status.rows,
    bytes: status.bytes,
    max_bytes: status.maxBytes,
    oldest: timeOf(status.oldestMs),
    newest: timeOf(status.newestMs),
    encryption: status.encryption,
    waiting_rows: status.waitingRows,
    processes: status.writers,
  };
}

function exportHealth({ spans, metrics, trouble }: ExportStatus): ExportHealth {
  const reason: Degradation | null = trouble === undefined ? null : { code: 'not_exported', text: trouble };
  const state = reason === null ? 'ok' : 'degraded';
  return { state, reason, spans: spans === undefined ? null : spanHealth(spans), metrics: metrics ?? null };
}

function spanHealth({ droppedBecause, notHeld, ...figures }: SpanExportStatus): ExportHealth['spans'] {
  const { queueFull, refused, timedOut, failed, shutDown } = droppedBecause;
  return {
    ...figures,
    dropped_because: { queue_full: queueFull, refused, timed_out: timedOut, failed, shut_down: shutDown },
    not_held: notHeld,
  };
}

/** The gravest. That rows wait is none: each waits for a moment. */
function degradationOf({ open, unavailable, overCap }: StoreStatus): Degradation | null {
  if (!open) return { code: 'closed', text: 'The store is closed.' };
  if (unavailable !== undefined) return { code: 'unavailable', text: unavailable };
  if (overCap)
    return { code: 'over_cap', text: 'The store takes up more than it may, and can give nothing up.' };
  return null;
}

function timeOf(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : timestamp(epochMs);
}
