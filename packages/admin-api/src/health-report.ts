import type { Degradation, ExportHealth, FullHealth, StoreHealth } from '@tacho/api-contract';
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
}

export function healthReport({ store, isLeader, leaderPid, export: exported }: ServiceParts): FullHealth {
  const parts = {
    store: { ...storeHealth(store), leader: isLeader, leader_pid: leaderPid ?? null },
    export: exported === undefined ? null : exportHealth(exported),
  };
  const isOk = Object.values(parts).every((part) => part === null || part.state === 'ok');
  return { status: isOk ? 'ok' : 'degraded', ...parts };
}

function storeHealth(status: StoreStatus): Omit<StoreHealth, 'leader' | 'leader_pid'> {
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
