import { logNotifier, mailNotifier, type Notifier, type OutboxOptions, webhookNotifier } from '@tacho/alerts';
import type { AlertingOptions } from './alerting.ts';

/** Everything that the configuration says is to be told by, and how to send what the application has not asked for. */
export async function openNotifiers({
  config,
  mail,
  logger,
  clock,
}: Pick<AlertingOptions, 'config' | 'mail' | 'logger' | 'clock'>): Promise<
  Pick<OutboxOptions, 'notifiers' | 'unobserved'>
> {
  const remote: Notifier[] = config.webhooks.map((webhook) => webhookNotifier(webhook, { now: clock.now }));
  if (mail !== undefined) remote.push(mailNotifier(mail));
  const log = config.log ? [logNotifier(logger)] : [];
  return { notifiers: [...log, ...remote], unobserved: await quietly(remote.length > 0) };
}

/** A log sends nothing that anybody could observe. */
async function quietly(isNeeded: boolean): Promise<OutboxOptions['unobserved']> {
  if (!isNeeded) return (work) => work();
  const { unobserved } = await import('@tacho/otel/unobserved');
  return unobserved;
}
