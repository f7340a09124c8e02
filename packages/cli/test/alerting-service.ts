import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdminApi, createAdminServer, type Role } from '@tacho/admin-api';
import {
  type Alert,
  alertKey,
  alertsDesk,
  defaultRules,
  KeptMemory,
  KeptSilences,
  type TestOutcome,
} from '@tacho/alerts';
import { DEFAULT_HEALTH_THRESHOLDS, DEFAULT_LIMITS } from '@tacho/core';
import { History, MemoryJournal, MemoryState, MemoryStore } from '@tacho/store';
import { TOKEN } from './admin-server.ts';
import { START_MS } from './virtual-clock.ts';

export const VIEWER_TOKEN = 'a-token-of-a-viewer';

export function anAlert(fields: Partial<Alert> = {}): Alert {
  return {
    state: 'firing',
    rule: 'error-rate',
    kind: 'error-rate',
    severity: 'critical',
    subject: 'all',
    value: 34.2,
    threshold: 10,
    unit: 'percent',
    requests: 1200,
    startedMs: START_MS - 300_000,
    causes: [
      { dimension: 'version', value: '1.5.0', share: 0.81 },
      { dimension: 'user', value: 'k1.ada', share: 0.12 },
    ],
    firedMs: START_MS - 240_000,
    resolvedMs: undefined,
    heldFromMs: 0,
    lastHeldMs: 0,
    firedFromMs: 0,
    incident: undefined,
    ...fields,
  };
}

/** The admin API of a service, and what it knows of alerts; only who sends, and what, is up to the test. */
export class AlertingService {
  outcomes: readonly TestOutcome[] = [{ notifier: 'log', failure: undefined }];
  readonly #server: Server;
  readonly #memory: KeptMemory;

  static async start(): Promise<AlertingService> {
    const service = new AlertingService();
    service.#server.listen(0, '127.0.0.1');
    await once(service.#server, 'listening');
    return service;
  }

  private constructor() {
    const clock = { now: () => START_MS, every: () => () => {} };
    const store = new MemoryStore({ clock, limits: DEFAULT_LIMITS });
    const state = new MemoryState({ clock });
    this.#memory = new KeptMemory(state, () => 'seedseed');
    let ids = 0;
    const alerts = alertsDesk({
      rules: defaultRules(DEFAULT_HEALTH_THRESHOLDS),
      memory: this.#memory,
      silences: new KeptSilences(state),
      sendNow: async () => this.outcomes,
      teller: { service: 'shop', host: 'web-1' },
      clock,
      newId: () => String(++ids).padStart(12, '0'),
    });
    const api = createAdminApi({
      history: new History({ store, limits: DEFAULT_LIMITS, unstored: () => [] }),
      clock,
      health: () => {
        throw new Error('nobody asks');
      },
      alerts,
      identify: ({ headers: { authorization } }) => {
        const role = ROLES[authorization ?? ''];
        return role === undefined
          ? { kind: 'anonymous' }
          : { kind: 'identity', identity: { name: 'ops', role } };
      },
      journal: new MemoryJournal(),
      writer: 'process',
    });
    this.#server = createAdminServer(api.own);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async fire(...alerts: readonly Alert[]): Promise<void> {
    await this.#memory.update((memory) => ({
      ...memory,
      evaluatedMs: START_MS,
      alerts: new Map(alerts.map((alert) => [alertKey(alert), alert])),
    }));
  }

  async resolve(...recent: readonly Alert[]): Promise<void> {
    await this.#memory.update((memory) => ({ ...memory, evaluatedMs: START_MS, recent }));
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

const ROLES: Readonly<Record<string, Role>> = {
  [`Bearer ${TOKEN}`]: 'admin',
  [`Bearer ${VIEWER_TOKEN}`]: 'viewer',
};
