import type { AlertsDesk } from '@tacho/alerts';
import type { AlertsConfig } from '../config/alerts-config.ts';
import { errorText } from '../error-text.ts';
import { onDemand } from '../on-demand.ts';
import type { Alerting, AlertingOptions } from './alerting.ts';

export interface AlertsOptions extends Omit<AlertingOptions, 'config'> {
  readonly config: false | AlertsConfig;
}

export interface Alerts {
  /** Undefined where alerts are switched off. */
  readonly desk: AlertsDesk | undefined;
  /** To be called by the leader, again and again: evaluates where it is time. Waits for nothing, and never throws. */
  evaluate(): void;
  end(): void;
}

const NO_ALERTS: Alerts = { desk: undefined, evaluate: () => {}, end: () => {} };

/** Alerts, loaded where this process is to evaluate them, or is asked for them: a start needs nothing of it. */
export function openAlerts(options: AlertsOptions): Alerts {
  const { config, notices } = options;
  if (config === false) return NO_ALERTS;
  let isEnded = false;
  let opened: Alerting | undefined;
  const load = onDemand(async (): Promise<Alerting> => {
    const { openAlerting } = await import('./alerting.ts');
    opened = await openAlerting({ ...options, config });
    if (isEnded) opened.stop();
    return opened;
  });
  const evaluate = async (): Promise<void> => {
    if (!isEnded) await (await load()).evaluateIfDue();
  };
  return {
    desk: deskOnDemand(async () => (await load()).desk),
    evaluate() {
      evaluate().catch((error: unknown) =>
        notices.warnRarely('alerts', `alerts could not be opened: ${errorText(error)}`),
      );
    },
    end() {
      isEnded = true;
      opened?.stop();
    },
  };
}

function deskOnDemand(load: () => Promise<AlertsDesk>): AlertsDesk {
  return {
    now: async () => (await load()).now(),
    silence: async (silence) => (await load()).silence(silence),
    unsilence: async (id) => (await load()).unsilence(id),
    test: async () => (await load()).test(),
  };
}
