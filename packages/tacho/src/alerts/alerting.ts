import { randomUUID } from 'node:crypto';
import {
  type AlertsDesk,
  alertsDesk,
  Evaluation,
  KeptMemory,
  KeptSilences,
  Outbox,
  PastMemo,
  readRule,
  type Teller,
} from '@tacho/alerts';
import type { History, State } from '@tacho/store';
import { errorCode, errorText } from '../error-text.ts';
import type { Notices } from '../log/notices.ts';
import { type NotifiersOptions, openNotifiers } from './notifiers.ts';

export interface AlertingOptions extends NotifiersOptions {
  /** Shared by all processes of the store. */
  readonly state: State;
  readonly history: Pick<History, 'window'>;
  readonly teller: Teller;
  readonly notices: Notices;
}

/** What evaluates rules and tells of alerts in this process, where that is the leader; and what is known of them in any. */
export interface Alerting {
  readonly desk: AlertsDesk;
  /** Never throws or rejects. */
  evaluateIfDue(): Promise<void>;
  stop(): void;
}

export async function openAlerting(options: AlertingOptions): Promise<Alerting> {
  const { config, state, history, teller, clock, notices } = options;
  const { notifiers, unobserved } = await openNotifiers(options);
  const outbox = new Outbox({
    notifiers,
    clock,
    random: Math.random,
    unobserved,
    onLost: (notifier, why) =>
      notices.warnRarely('notifier', `a message was not sent by ${notifier}, and is given up: ${why}`),
  });
  const memory = new KeptMemory(state, () => newId(8));
  const silences = new KeptSilences(state);
  const evaluation = new Evaluation({
    rules: config.rules,
    readRule,
    past: new PastMemo(history),
    memory,
    silences,
    sender: outbox,
    teller,
    clock,
    onError: (what, error) => {
      // The store says itself when it can't be used.
      if (errorCode(error) === 'TACHO_STORE_UNAVAILABLE') return;
      notices.warnRarely('alerts', `${what}: ${errorText(error)}`);
    },
  });
  return {
    desk: alertsDesk({
      rules: config.rules,
      memory,
      silences,
      sendNow: (message) => outbox.sendNow(message),
      teller,
      clock,
      newId: () => newId(12),
    }),
    evaluateIfDue: () => evaluation.evaluateIfDue(),
    stop() {
      evaluation.stop();
      outbox.stop();
    },
  };
}

function newId(length: number): string {
  return randomUUID().replaceAll('-', '').slice(0, length);
}
