import {
  logNotifier,
  type MailSettings,
  mailNotifier,
  type Notifier,
  type OutboxOptions,
  webhookNotifier,
} from '@tacho/alerts';
import type { Clock } from '@tacho/core';
import type { AlertsConfig } from '../config/alerts-config.ts';
import type { Logger } from '../log/logger.ts';

export interface NotifiersOptions {
  readonly config: AlertsConfig;
  /** Undefined where none is sent. */
  readonly mail: MailSettings | undefined;
  readonly logger: Logger;
  readonly clock: Clock;
}

type Notifiers = Pick<OutboxOptions, 'notifiers' | 'unobserved'>;

/** Everything that the configuration says is to be told by, and how to send what the application has not asked for. */
export async function openNotifiers({ config, mail, logger, clock }: NotifiersOptions): Promise<Notifiers> {
  const remote: Notifier[] = config.webhooks.map((webhook) => webhookNotifier(webhook, { now: clock.now }));
  if (mail !== undefined) remote.push(mailNotifier(mail));
  const log = config.log ? [logNotifier(logger)] : [];
  return { notifiers: [...log, ...remote], unobserved: await quietly(remote.length > 0) };
}

/** A log sends nothing that anybody could observe. */
async function quietly(isNeeded: boolean): Promise<Notifiers['unobserved']> {
  if (!isNeeded) return (work) => work();
  const { unobserved } = await import('@tacho/otel/unobserved');
  return unobserved;
}
