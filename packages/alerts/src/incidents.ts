import { HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import { type Alert, alertKey, toldOf, worstFirst } from './alert.ts';
import type { AlertMemory, Incident } from './alert-memory.ts';
import type { Silence } from './desk.ts';
import { MAX_TOLD, type Teller, withMessage } from './incident-message.ts';
import type { AlertMessage } from './message.ts';
import type { Severity } from './rule.ts';
import { isSilenced } from './silences.ts';

/** What begins within it is told together: a warning can wait for something worse that has the same cause. */
const GROUP_WAIT_MS: Record<Severity, number> = { critical: 30 * SECOND_MS, warning: 5 * MINUTE_MS };

/** How long after its last alert an incident takes in one that has nothing else to do with it. */
const JOIN_WITHIN_MS = 15 * MINUTE_MS;

/** The same for one whose rule is in it: what goes on for days must not hide that another endpoint begins to fail. */
const SAME_RULE_WITHIN_MS = HOUR_MS;

/** CPU, memory and disk are of one host, and yet nothing that they have in common. */
const HOST = 'host';

export interface Told {
  readonly memory: AlertMemory;
  /** Those that are new; they are in `memory.unsent` already. */
  readonly messages: readonly AlertMessage[];
}

/**
 * Makes incidents of what fires, and messages of those: to be called once after each `step`, with what that gave.
 * Pure, as `step` is. Somebody who is told too much stops to listen, so:
 *
 * - An incident is told twice: when it begins, and when the last of its alerts is resolved. What was never told to
 *   have begun is not told to be over.
 * - It waits for 30 seconds before it is told, as what has one cause seldom fires in one moment; and for five minutes as
 *   long as it is but a warning, as the critical alert that has the same cause may take that long to be sure.
 * - An alert of an endpoint that is in an open incident belongs to it, and so does one of a rule that is in it, within
 *   an hour of the last that came, and any other within 15 minutes: most of it has the same cause, and whoever was told
 *   is looking. It joins in silence; but the first critical one of an incident that was told as a warning is told, as a
 *   warning may have been left for the morning.
 * - No rule is in more than one message in five minutes. A message that is due earlier waits, and is made of what
 *   holds then.
 * - A silenced alert belongs to no incident that nobody was told of. Where it still fires when the silence ends, it
 *   is told then, in an incident of its own or in one that begins: whoever asked for quiet until ten wants to know at
 *   ten. What was told to have begun is told to be over, silenced or not, so that nobody thinks that it goes on.
 */
export function tell(memory: AlertMemory, silences: readonly Silence[], teller: Teller): Told {
  const nowMs = memory.evaluatedMs ?? 0;
  const isQuiet = (alert: Alert): boolean => isSilenced(alert, silences, nowMs);
  const gathered = gather(release(memory, isQuiet), isQuiet);
  const alerts = alertsOf(gathered);
  let next = gathered;
  const messages: AlertMessage[] = [];
  for (const incident of gathered.incidents) {
    const due = dueOf(incident, alerts.get(incident.id) ?? [], gathered.steadyMs);
    if (due === 'nothing') continue;
    if (due === 'forget') {
      next = without(next, incident);
      continue;
    }
    const sent = withMessage(next, incident, { due, alerts: alerts.get(incident.id) ?? [], teller });
    if (sent === undefined) continue;
    messages.push(sent.message);
    next = due === 'resolved' ? without(sent.memory, incident) : sent.memory;
  }
  return { memory: next, messages };
}

type Due = 'firing' | 'escalated' | 'resolved' | 'forget' | 'nothing';

function dueOf({ told, openedMs }: Incident, alerts: readonly Alert[], steadyMs: number): Due {
  if (alerts.length === 0) return told === undefined ? 'forget' : 'resolved';
  const severity = alerts.some((alert) => alert.severity === 'critical') ? 'critical' : 'warning';
  if (told === undefined) return steadyMs - openedMs >= GROUP_WAIT_MS[severity] ? 'firing' : 'nothing';
  return told === 'warning' && severity === 'critical' ? 'escalated' : 'nothing';
}

/** Takes what is silenced out of incidents that nobody was told of. */
function release(memory: AlertMemory, isQuiet: (alert: Alert) => boolean): AlertMemory {
  const untold = new Set(memory.incidents.filter(({ told }) => told === undefined).map(({ id }) => id));
  if (untold.size === 0) return memory;
  const alerts = new Map(memory.alerts);
  for (const [key, alert] of alerts) {
    if (alert.incident !== undefined && untold.has(alert.incident) && isQuiet(alert))
      alerts.set(key, { ...alert, incident: undefined });
  }
  return { ...memory, alerts };
}

/** Finds an incident for each alert that fires and has none, and puts down what is over. */
function gather(memory: AlertMemory, isQuiet: (alert: Alert) => boolean): AlertMemory {
  const { steadyMs } = memory;
  const incidents = new Map(memory.incidents.map((incident) => [incident.id, incident]));
  const alerts = new Map(memory.alerts);
  const subjects = subjectsByIncident(memory);
  let { incidentCount } = memory;
  for (const alert of memory.alerts.values()) {
    const own = alert.incident === undefined ? undefined : incidents.get(alert.incident);
    if (alert.state === 'resolved' && own !== undefined) incidents.set(own.id, withEnded(own, alert));
    if (alert.state !== 'firing' || own !== undefined || isQuiet(alert)) continue;
    const found =
      incidentFor(alert, [...incidents.values()], subjects, steadyMs) ??
      opened(`${memory.seed}-${++incidentCount}`, alert, steadyMs);
    incidents.set(found.id, joined(found, alert, steadyMs));
    subjectsIn(subjects, found.id).add(alert.subject);
    alerts.set(alertKey(alert), { ...alert, incident: found.id });
  }
  return { ...memory, incidentCount, alerts, incidents: [...incidents.values()] };
}

/** By its rule, by its subject, by time: in this order, so that a rule seldom is in two. */
function incidentFor(
  alert: Alert,
  incidents: readonly Incident[],
  subjects: ReadonlyMap<string, ReadonlySet<string>>,
  steadyMs: number,
): Incident | undefined {
  const wasSilenced = (alert.firedFromMs ?? steadyMs) < steadyMs;
  const open = wasSilenced ? incidents.filter(({ told }) => told === undefined) : incidents;
  return (
    open.find(
      ({ rules, lastJoinedMs }) =>
        rules.includes(alert.rule) && steadyMs - lastJoinedMs <= SAME_RULE_WITHIN_MS,
    ) ??
    open.find(({ id }) => alert.subject !== HOST && subjects.get(id)?.has(alert.subject)) ??
    open.findLast(({ lastJoinedMs }) => steadyMs - lastJoinedMs <= JOIN_WITHIN_MS)
  );
}

function opened(id: string, { startedMs }: Alert, steadyMs: number): Incident {
  return {
    id,
    startedMs,
    openedMs: steadyMs,
    lastJoinedMs: steadyMs,
    told: undefined,
    rules: [],
    ended: [],
    endedMore: 0,
  };
}

function joined(incident: Incident, alert: Alert, steadyMs: number): Incident {
  const { startedMs, rules } = incident;
  return {
    ...incident,
    startedMs: Math.min(startedMs, alert.startedMs),
    lastJoinedMs: steadyMs,
    rules: rules.includes(alert.rule) ? rules : [...rules, alert.rule],
  };
}

function withEnded(incident: Incident, alert: Alert): Incident {
  const others = incident.ended.filter((other) => alertKey(other) !== alertKey(alert));
  const ended = [...others, toldOf(alert)].sort(worstFirst);
  const endedMore = incident.endedMore + Math.max(0, ended.length - MAX_TOLD);
  return { ...incident, ended: ended.slice(0, MAX_TOLD), endedMore };
}

function without(memory: AlertMemory, { id }: Incident): AlertMemory {
  return { ...memory, incidents: memory.incidents.filter((incident) => incident.id !== id) };
}

function subjectsByIncident({ alerts, incidents }: AlertMemory): Map<string, Set<string>> {
  const subjects = new Map<string, Set<string>>();
  for (const { incident, subject } of alerts.values())
    if (incident !== undefined) subjectsIn(subjects, incident).add(subject);
  for (const { id, ended } of incidents)
    for (const { subject } of ended) subjectsIn(subjects, id).add(subject);
  return subjects;
}

function subjectsIn(subjects: Map<string, Set<string>>, id: string): Set<string> {
  const found = subjects.get(id) ?? new Set();
  subjects.set(id, found);
  return found;
}

function alertsOf({ alerts }: AlertMemory): Map<string, Alert[]> {
  const byIncident = new Map<string, Alert[]>();
  for (const alert of alerts.values()) {
    if (alert.state !== 'firing' || alert.incident === undefined) continue;
    const same = byIncident.get(alert.incident);
    if (same === undefined) byIncident.set(alert.incident, [alert]);
    else same.push(alert);
  }
  return byIncident;
}
