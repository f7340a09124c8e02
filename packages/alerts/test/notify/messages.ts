import type { AlertMessage, ToldAlert } from '@tacho/alerts';

export const NOW_MS = Date.UTC(2026, 0, 5, 14, 15);

/** An alert as somebody might be told of it. */
export function toldAlert(given: Partial<ToldAlert> = {}): ToldAlert {
  return {
    rule: 'endpoint-errors',
    kind: 'error-rate',
    severity: 'critical',
    subject: 'GET /pay',
    value: 34,
    threshold: 10,
    unit: 'percent',
    requests: 1200,
    startedMs: NOW_MS - 12 * 60_000,
    causes: [{ dimension: 'version', value: '2.4.1', share: 0.87 }],
    ...given,
  };
}

export function alertMessage(given: Partial<AlertMessage> = {}): AlertMessage {
  const alerts = given.alerts ?? [toldAlert()];
  return {
    id: 'a1b2c3d4-1-firing',
    kind: 'firing',
    severity: 'critical',
    service: 'checkout',
    host: 'web-1',
    atMs: NOW_MS,
    startedMs: NOW_MS - 12 * 60_000,
    alerts,
    more: 0,
    causes: alerts[0]?.causes ?? [],
    ...given,
  };
}
