import type { AlertNow, AlertsDesk, AlertsNow, Rule, Silence, TestOutcome } from '@tacho/alerts';
import { NOW_MS } from '../served.ts';

const BASE = { severity: 'critical', holdMs: 60_000, keepFiringMs: 600_000, minRequests: 20 } as const;
const PER_REQUEST = { ...BASE, scope: 'all', windowMs: 300_000 } as const;

/** One of each kind. */
export const RULES: readonly Rule[] = [
  { ...PER_REQUEST, name: 'error-rate', kind: 'error-rate', overPercent: 10, errors: 'all' },
  { ...PER_REQUEST, name: 'slow-requests', kind: 'slow-request', scope: 'each', overMs: 5000 },
  { ...PER_REQUEST, name: 'p95', kind: 'latency', scope: 'GET /x', percentile: 95, overMs: 300 },
  { ...PER_REQUEST, name: 'degradation', kind: 'degradation', scope: 'each' },
  { ...BASE, name: 'disk', kind: 'disk', windowMs: 60_000, overPercent: 95, minRequests: 0 },
  {
    ...BASE,
    name: 'slo-1h',
    kind: 'burn-rate',
    scope: 'all',
    objectivePercent: 99.9,
    withinMs: 300,
    factor: 14.4,
    longMs: 3_600_000,
    shortMs: 300_000,
  },
];

export function anAlert(fields: Partial<AlertNow> = {}): AlertNow {
  return {
    state: 'firing',
    rule: 'slow-requests',
    kind: 'slow-request',
    severity: 'warning',
    subject: 'GET /users/{id}',
    value: 6543.21,
    threshold: 5000,
    unit: 'ms',
    requests: 3,
    startedMs: NOW_MS - 120_000,
    firedMs: NOW_MS - 60_000,
    resolvedMs: undefined,
    isSilenced: false,
    causes: [
      { dimension: 'user', value: 'k1-pseudonym', share: 0.75 },
      { dimension: 'host', value: 'web-1', share: 0.25 },
    ],
    ...fields,
  };
}

/** Alerts as they are said to be, and silences that are kept in memory. */
export class DeskInMemory implements AlertsDesk {
  active: readonly AlertNow[] = [anAlert()];
  recent: readonly AlertNow[] = [];
  silences: readonly Silence[] = [];
  outcomes: readonly TestOutcome[] = [{ notifier: 'log', failure: undefined }];
  tests = 0;
  readonly #maxSilences: number;
  #ids = 0;

  constructor(maxSilences = 100) {
    this.#maxSilences = maxSilences;
  }

  async now(): Promise<AlertsNow> {
    const { active, recent, silences } = this;
    const notifiers = [{ name: 'log', lastSentMs: NOW_MS - 1000, failure: undefined }];
    return { evaluatedMs: NOW_MS - 10_000, active, recent, silences, rules: RULES, notifiers };
  }

  async silence(silence: Omit<Silence, 'id' | 'startedMs'>): Promise<Silence | undefined> {
    if (this.silences.length >= this.#maxSilences) return undefined;
    const id = (this.#ids++).toString(36).padStart(12, '0');
    const added = { ...silence, id, startedMs: NOW_MS };
    this.silences = [...this.silences, added];
    return added;
  }

  async unsilence(id: string): Promise<boolean> {
    const before = this.silences.length;
    this.silences = this.silences.filter((one) => one.id !== id);
    return this.silences.length < before;
  }

  async test(): Promise<readonly TestOutcome[]> {
    this.tests++;
    return this.outcomes;
  }
}
