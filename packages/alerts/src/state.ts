import { MINUTE_MS } from '@tacho/core';
import { type Alert, alertKey, worstFirst, worstOf } from './alert.ts';
import type { AlertMemory } from './alert-memory.ts';
import type { Reading } from './reading.ts';
import type { Rule } from './rule.ts';
import { watchedMs } from './watched-time.ts';

/** What a rule found in one evaluation. */
export interface RuleReadings {
  readonly rule: Rule;
  /** Undefined where the past could not be read. A subject that is not in it is one of which the rule does not hold. */
  readonly readings: readonly Reading[] | undefined;
}

/** Of one rule. However many endpoints fail, nobody reads of more. */
export const MAX_ALERTS_OF_RULE = 500;

/** Resolved ones that are still shown. */
export const MAX_RECENT = 100;

/** Of a rule that there is no more, or that another process has: its alerts end like any that hold no more. */
const KEEP_FIRING_WITHOUT_RULE_MS = 10 * MINUTE_MS;

interface Moment {
  readonly nowMs: number;
  /** Steady: as of this evaluation. */
  readonly steadyMs: number;
  /** How much of it is new. */
  readonly passedMs: number;
}

/**
 * One evaluation: what each rule finds makes alerts, and moves them on. A pure function; time is told, never asked,
 * and whoever stores what it gives and goes on from there gets what whoever did not stop gets.
 *
 * - An alert begins `pending` when its rule holds of a subject, and is `firing` once that was so at every evaluation
 *   for `holdMs`: at once where that is 0. One that does not hold once is gone, as what lasts is what is worth telling.
 * - It is `resolved` once it was not seen to hold for `keepFiringMs`, so that what comes and goes is one alert.
 * - Where a rule can't be read, nothing is known of it: its alerts stay as they are, and no time passes for them.
 * - Of more subjects than are tracked, those that are tracked already stay, then the worst come; the rest is counted.
 */
export function step(memory: AlertMemory, found: readonly RuleReadings[], nowMs: number): AlertMemory {
  const passedMs = watchedMs(memory.evaluatedMs, nowMs);
  const moment: Moment = { nowMs, steadyMs: memory.steadyMs + passedMs, passedMs };
  const known = alertsByRule(memory.alerts.values());
  const alerts = new Map<string, Alert>();
  const untracked = new Map<string, number>();
  for (const { rule, readings } of found) {
    const before = known.get(rule.name) ?? [];
    known.delete(rule.name);
    const after = readings === undefined ? unread(before, moment) : stepRule(rule, before, readings, moment);
    for (const alert of after.alerts) alerts.set(alertKey(alert), alert);
    const unknown = readings === undefined ? memory.untracked.get(rule.name) : after.untracked;
    if (unknown !== undefined && unknown > 0) untracked.set(rule.name, unknown);
  }
  for (const alert of [...known.values()].flat()) {
    const after = notHeld(alert, KEEP_FIRING_WITHOUT_RULE_MS, moment);
    if (after !== undefined) alerts.set(alertKey(after), after);
  }
  const resolved = [...alerts.values()].filter(({ state }) => state === 'resolved');
  return {
    ...memory,
    evaluatedMs: nowMs,
    steadyMs: moment.steadyMs,
    alerts,
    untracked,
    recent: [...resolved.sort(worstFirst), ...memory.recent].slice(0, MAX_RECENT),
  };
}

interface RuleStep {
  readonly alerts: readonly Alert[];
  readonly untracked: number;
}

function stepRule(
  rule: Rule,
  before: readonly Alert[],
  readings: readonly Reading[],
  moment: Moment,
): RuleStep {
  const breaches = readings.filter(isBreached);
  const bySubject =
    before.length === 0 ? undefined : new Map(breaches.map((reading) => [reading.subject, reading]));
  const alerts: Alert[] = [];
  const known = new Set<string>();
  for (const alert of before) {
    const reading = alert.state === 'resolved' ? undefined : bySubject?.get(alert.subject);
    const after =
      reading === undefined ? notHeld(alert, rule.keepFiringMs, moment) : held(alert, reading, rule, moment);
    if (after === undefined) continue;
    alerts.push(after);
    known.add(alert.subject);
  }
  const fresh = breaches.filter(({ subject }) => !known.has(subject));
  const kept = worstOf(fresh, Math.max(0, MAX_ALERTS_OF_RULE - alerts.length));
  alerts.push(...kept.map((reading) => begun(reading, rule, moment)));
  return { alerts, untracked: fresh.length - kept.length };
}

function isBreached(reading: Reading): boolean {
  return reading.isBreached;
}

function begun(reading: Reading, rule: Rule, { nowMs, steadyMs }: Moment): Alert {
  const isFiring = rule.holdMs <= 0;
  return {
    ...factsOf(reading, rule),
    state: isFiring ? 'firing' : 'pending',
    startedMs: nowMs,
    firedMs: isFiring ? nowMs : undefined,
    resolvedMs: undefined,
    heldFromMs: steadyMs,
    lastHeldMs: steadyMs,
    firedFromMs: isFiring ? steadyMs : undefined,
    incident: undefined,
  };
}

function held(alert: Alert, reading: Reading, rule: Rule, { nowMs, steadyMs }: Moment): Alert {
  const now = { ...alert, ...factsOf(reading, rule), lastHeldMs: steadyMs };
  const isDue = alert.state === 'pending' && steadyMs - alert.heldFromMs >= rule.holdMs;
  return isDue ? { ...now, state: 'firing', firedMs: nowMs, firedFromMs: steadyMs } : now;
}

/** @returns undefined where it is inactive from now on */
function notHeld(alert: Alert, keepFiringMs: number, { nowMs, steadyMs }: Moment): Alert | undefined {
  if (alert.state !== 'firing') return undefined;
  const isOver = steadyMs - alert.lastHeldMs >= keepFiringMs;
  return isOver ? { ...alert, state: 'resolved', resolvedMs: nowMs } : alert;
}

function unread(before: readonly Alert[], { passedMs }: Moment): RuleStep {
  const alerts = before
    .filter(({ state }) => state !== 'resolved')
    .map((alert) => ({
      ...alert,
      heldFromMs: alert.heldFromMs + passedMs,
      lastHeldMs: alert.lastHeldMs + passedMs,
    }));
  return { alerts, untracked: 0 };
}

function factsOf({ isBreached: _, ...reading }: Reading, { name: rule, kind, severity }: Rule) {
  return { ...reading, rule, kind, severity };
}

function alertsByRule(alerts: Iterable<Alert>): Map<string, Alert[]> {
  const byRule = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const same = byRule.get(alert.rule);
    if (same === undefined) byRule.set(alert.rule, [alert]);
    else same.push(alert);
  }
  return byRule;
}
