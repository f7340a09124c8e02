import { MINUTE_MS } from '@tacho/core';
import { type Alert, toldOf, worstFirst } from './alert.ts';
import type { AlertMemory, Incident } from './alert-memory.ts';
import type { AlertMessage, ToldAlert } from './message.ts';
import { sharedCauses } from './shared-causes.ts';

/** Whose messages they are. */
export interface Teller {
  /** `service.name`, where it has one. */
  readonly service: string | undefined;
  readonly host: string;
}

/** How many alerts a message has; the rest is counted. */
export const MAX_TOLD = 20;

/** How long a rule has to wait after a message that was about it. */
const TELL_RULE_EVERY_MS = 5 * MINUTE_MS;

/** Messages that wait for notifiers. Past them the oldest is given up. */
const MAX_UNSENT = 32;

export interface Telling {
  readonly due: 'firing' | 'escalated' | 'resolved';
  /** Those of the incident that fire. */
  readonly alerts: readonly Alert[];
  readonly teller: Teller;
}

/** Makes a message of an incident. @returns undefined where one of its rules was in another too recently */
export function withMessage(
  memory: AlertMemory,
  incident: Incident,
  telling: Telling,
): { readonly memory: AlertMemory; readonly message: AlertMessage } | undefined {
  const told = toldIn(memory, incident, telling);
  const { steadyMs } = memory;
  const recently = [...memory.toldMs].filter(([, atMs]) => steadyMs - atMs < TELL_RULE_EVERY_MS);
  const wait = new Set(recently.map(([rule]) => rule));
  if (told.rules.some((rule) => wait.has(rule))) return undefined;
  const message = messageOf(memory, incident, telling, told);
  const toldMs = new Map([...recently, ...told.rules.map((rule) => [rule, steadyMs] as const)]);
  const next = { ...incident, told: message.severity };
  return {
    message,
    memory: {
      ...memory,
      toldMs,
      incidents: memory.incidents.map((other) => (other.id === incident.id ? next : other)),
      unsent: [...memory.unsent, { message, doneBy: [] }].slice(-MAX_UNSENT),
    },
  };
}

interface ToldIn {
  readonly alerts: readonly ToldAlert[];
  readonly more: number;
  readonly rules: readonly string[];
}

/** An incident that got worse is told by what is critical of it: the rest is known. */
function toldIn({ untracked }: AlertMemory, incident: Incident, { due, alerts }: Telling): ToldIn {
  if (due === 'resolved') return { alerts: incident.ended, more: incident.endedMore, rules: incident.rules };
  const firing = due === 'firing' ? alerts : alerts.filter(({ severity }) => severity === 'critical');
  const told = [...firing].sort(worstFirst);
  const rules = [...new Set(told.map(({ rule }) => rule))];
  const uncounted = rules.reduce((sum, rule) => sum + (untracked.get(rule) ?? 0), 0);
  return {
    alerts: told.slice(0, MAX_TOLD).map(toldOf),
    more: Math.max(0, told.length - MAX_TOLD) + uncounted,
    rules,
  };
}

function messageOf(
  memory: AlertMemory,
  incident: Incident,
  { due, teller }: Telling,
  told: ToldIn,
): AlertMessage {
  const isResolved = due === 'resolved';
  return {
    id: `${incident.id}-${due}`,
    kind: isResolved ? 'resolved' : 'firing',
    severity: told.alerts.some(({ severity }) => severity === 'critical') ? 'critical' : 'warning',
    ...teller,
    atMs: memory.evaluatedMs ?? 0,
    startedMs: incident.startedMs,
    alerts: told.alerts,
    more: told.more,
    causes: sharedCauses(told.alerts),
  };
}
