import type { AlertMessage, ToldAlert } from '../../message.ts';
import type { Cause } from '../../reading.ts';
import { type Told, titleOf } from './told.ts';

/** For programs: an event of Standard Webhooks, its `type`, `timestamp` and `data`. What is data stands in it as it is. */
export function plainJson(message: AlertMessage, told: Told): string {
  return JSON.stringify({
    type: `alert.${message.kind}`,
    timestamp: instant(message.atMs),
    data: {
      id: message.id,
      title: titleOf(told),
      severity: message.severity,
      service: message.service ?? null,
      host: message.host,
      started_at: instant(message.startedMs),
      alerts: message.alerts.map(alertJson),
      more: message.more,
      causes: message.causes.map(causeJson),
    },
  });
}

function alertJson(alert: ToldAlert): object {
  return {
    rule: alert.rule,
    kind: alert.kind,
    severity: alert.severity,
    subject: alert.subject,
    value: alert.value,
    threshold: alert.threshold,
    unit: alert.unit,
    requests: alert.requests,
    started_at: instant(alert.startedMs),
    causes: alert.causes.map(causeJson),
  };
}

function causeJson({ dimension, value, share }: Cause): object {
  return { dimension, value, share };
}

/** Null for what is no time. */
function instant(epochMs: number): string | null {
  const date = new Date(epochMs);
  return Number.isNaN(date.valueOf()) ? null : date.toISOString();
}
