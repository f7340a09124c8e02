import { type Alert, alertKey, worstFirst } from './alert.ts';
import type { AlertMemory } from './alert-memory.ts';

/** Raised where what is stored changes: what has another is not read. */
const VERSION = 1;

/** Thousands of alerts with their causes. A state is for small facts, and is compared as a whole. */
const MAX_LENGTH = 1_000_000;

export interface MemoryText {
  readonly text: string;
  /** What the text says. */
  readonly memory: AlertMemory;
}

/**
 * A memory as text, of at most a million characters. What would be longer is without causes, and where that is not
 * enough without those alerts that matter least, which are counted in `untracked`.
 */
export function encodeMemory(memory: AlertMemory): MemoryText {
  let fitting = memory;
  let text = textOf(memory);
  if (text.length > MAX_LENGTH) {
    fitting = withoutCauses(memory);
    text = textOf(fitting);
  }
  while (text.length > MAX_LENGTH && fitting.alerts.size > 0) {
    fitting = withWorst(fitting, Math.floor(Math.min(0.9, MAX_LENGTH / text.length) * fitting.alerts.size));
    text = textOf(fitting);
  }
  return { text, memory: fitting };
}

/** @returns undefined where it is not what `encodeMemory` of this version gives */
export function decodeMemory(text: string): AlertMemory | undefined {
  try {
    const stored = JSON.parse(text) as StoredMemory;
    if (stored.version !== VERSION || !isSound(stored)) return undefined;
    const { version: _, alerts, untracked, toldMs, ...rest } = stored;
    return {
      ...rest,
      alerts: new Map(alerts.map((alert) => [alertKey(alert), alert])),
      untracked: new Map(untracked),
      toldMs: new Map(toldMs),
    };
  } catch {
    return undefined;
  }
}

interface StoredMemory extends Omit<AlertMemory, 'alerts' | 'untracked' | 'toldMs'> {
  readonly version: number;
  readonly alerts: readonly Alert[];
  readonly untracked: readonly (readonly [string, number])[];
  readonly toldMs: readonly (readonly [string, number])[];
}

function textOf({ alerts, untracked, toldMs, ...rest }: AlertMemory): string {
  const stored: StoredMemory = {
    version: VERSION,
    ...rest,
    alerts: [...alerts.values()],
    untracked: [...untracked],
    toldMs: [...toldMs],
  };
  return JSON.stringify(stored);
}

/** As much as keeps a step from failing again and again. */
function isSound({ seed, steadyMs, evaluatedMs, ...lists }: StoredMemory): boolean {
  const { alerts, untracked, recent, incidents, toldMs, unsent, notifiers } = lists;
  return (
    typeof seed === 'string' &&
    Number.isFinite(steadyMs) &&
    (evaluatedMs === undefined || Number.isFinite(evaluatedMs)) &&
    Number.isSafeInteger(lists.incidentCount) &&
    [alerts, untracked, recent, incidents, toldMs, unsent, notifiers].every(Array.isArray) &&
    [...alerts, ...recent].every(isAlert) &&
    incidents.every(
      ({ rules, ended }) => Array.isArray(rules) && Array.isArray(ended) && ended.every(isTold),
    ) &&
    unsent.every(({ message, doneBy }) => Array.isArray(message.alerts) && Array.isArray(doneBy))
  );
}

function isAlert(alert: Alert): boolean {
  return isTold(alert) && Number.isFinite(alert.heldFromMs) && Number.isFinite(alert.lastHeldMs);
}

function isTold({ rule, subject, causes }: Pick<Alert, 'rule' | 'subject' | 'causes'>): boolean {
  return typeof rule === 'string' && typeof subject === 'string' && Array.isArray(causes);
}

function withoutCauses(memory: AlertMemory): AlertMemory {
  const alerts = new Map([...memory.alerts].map(([key, alert]) => [key, { ...alert, causes: [] }]));
  return { ...memory, alerts, recent: memory.recent.map((alert) => ({ ...alert, causes: [] })) };
}

/** Firing ones matter more than pending ones. */
function withWorst(memory: AlertMemory, count: number): AlertMemory {
  const ranked = [...memory.alerts.values()].sort(
    (one, other) =>
      Number(one.state === 'pending') - Number(other.state === 'pending') || worstFirst(one, other),
  );
  const untracked = new Map(memory.untracked);
  for (const { rule } of ranked.slice(count)) untracked.set(rule, (untracked.get(rule) ?? 0) + 1);
  const kept = ranked.slice(0, count).map((alert) => [alertKey(alert), alert] as const);
  return { ...memory, alerts: new Map(kept), untracked };
}
