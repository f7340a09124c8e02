import {
  type Alerts,
  type AlertTest,
  type Silence,
  type SilenceRequest,
  type Validator,
  validateAlerts,
  validateAlertTest,
  validateSilence,
} from '@tacho/api-contract';
import { SECOND_MS } from '@tacho/core';
import type { AdminRequest } from '../admin-client.ts';
import type { Environment } from '../environment.ts';
import { type ServiceOptions, serviceClient } from '../service-options.ts';

/** A notifier has ten seconds for a test. */
const TIMEOUT_MS = 20 * SECOND_MS;

const nothing: Validator<undefined> = () => ({ ok: true, value: undefined });

/** A running service, asked about its alerts. Each rejects with a `CommandError`, one line that says what went wrong. */
export interface AlertsClient {
  alerts(): Promise<Alerts>;
  silence(request: SilenceRequest): Promise<Silence>;
  unsilence(id: string): Promise<void>;
  test(): Promise<AlertTest>;
}

/** @throws `CommandError` of usage */
export async function alertsClient(options: ServiceOptions, environment: Environment): Promise<AlertsClient> {
  const client = await serviceClient(options, TIMEOUT_MS, environment);
  const ask = <T>(request: AdminRequest, validate: Validator<T>): Promise<T> =>
    client.ask(request, validate, environment.interrupted);
  return {
    alerts: () => ask({ method: 'GET', path: '/alerts', status: 200 }, validateAlerts),
    silence: (body) => ask({ method: 'POST', path: '/alerts/silences', body, status: 201 }, validateSilence),
    unsilence: (id) => {
      const path = `/alerts/silences/${encodeURIComponent(id)}`;
      return ask({ method: 'DELETE', path, status: 204 }, nothing);
    },
    test: () => ask({ method: 'POST', path: '/alerts/test', status: 200 }, validateAlertTest),
  };
}
