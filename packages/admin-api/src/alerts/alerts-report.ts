import type { AlertNow, AlertsNow, Cause, NotifierStatus, Silence } from '@tacho/alerts';
import type { Alert, AlertCause, AlertNotifier, Alerts, Silence as SilenceReport } from '@tacho/api-contract';
import { timestamp } from '@tacho/core';
import { inUnit, UNITS } from './figures.ts';
import { ruleReport } from './rule-report.ts';

/** @param namesPeople whether whoever asks may be told of users, and of who has silenced what */
export function alertsReport(now: AlertsNow, namesPeople: boolean): Alerts {
  const alert = (one: AlertNow): Alert => alertReport(one, namesPeople);
  return {
    evaluated: timeOf(now.evaluatedMs),
    active: now.active.map(alert),
    recent: now.recent.map(alert),
    silences: now.silences.map((one) => silenceReport(one, namesPeople)),
    rules: now.rules.map(ruleReport),
    notifiers: now.notifiers.map(notifierReport),
  };
}

export function silenceReport(silence: Silence, namesPeople: boolean): SilenceReport {
  const { id, rule = null, subject = null, startedMs, untilMs, by, comment } = silence;
  const [started, until] = [timestamp(startedMs), timestamp(untilMs)];
  return { id, rule, subject, started, until, by: namesPeople ? by : null, comment };
}

function alertReport(alert: AlertNow, namesPeople: boolean): Alert {
  const { state, severity, rule, kind, subject, value, threshold, unit, requests, causes } = alert;
  return {
    state,
    severity,
    rule,
    kind,
    subject,
    value: Number.isFinite(value) ? inUnit(value, unit) : null,
    threshold: inUnit(threshold, unit),
    unit: UNITS[unit],
    requests,
    started: timestamp(alert.startedMs),
    fired: timeOf(alert.firedMs),
    resolved: timeOf(alert.resolvedMs),
    silenced: alert.isSilenced,
    causes: causes.map((one) => causeReport(one, namesPeople)),
  };
}

function causeReport({ dimension, value, share }: Cause, namesPeople: boolean): AlertCause {
  return { dimension, value: dimension === 'user' && !namesPeople ? null : value, share };
}

function notifierReport({ name, lastSentMs, failure }: NotifierStatus): AlertNotifier {
  return { name, last_sent: timeOf(lastSentMs), failure: failure ?? null };
}

function timeOf(epochMs: number | undefined): string | null {
  return epochMs === undefined ? null : timestamp(epochMs);
}
