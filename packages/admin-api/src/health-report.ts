import type { Degradation, Health, StoreHealth } from '@tacho/api-contract';
import { timestamp } from '@tacho/core';
import type { StoreStatus } from '@tacho/store';

/** What tacho's own health is judged by. */
export interface ServiceParts {
  readonly store: StoreStatus;
  /** Whether this process is the one that maintains the store. */
  readonly isLeader: boolean;
}

export function healthReport({ store, isLeader }: ServiceParts): Health {
  const parts = { store: { ...storeHealth(store), leader: isLeader } };
  const isOk = Object.values(parts).every(({ state }) => state === 'ok');
  return { status: isOk ? 'ok' : 'degraded', ...parts };
}

function storeHealth(status: StoreStatus): Omit<StoreHealth, 'leader'> {
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
