import { logNotifier, type Notifier, type OutboxOptions } from '@tacho/alerts';
import type { AlertingOptions } from './alerting.ts';

/** Everything that the configuration says is to be told by. */
export async function openNotifiers({
  config,
  logger,
}: Pick<AlertingOptions, 'config' | 'logger'>): Promise<Pick<OutboxOptions, 'notifiers' | 'unobserved'>> {
  const notifiers: Notifier[] = config.log ? [logNotifier(logger)] : [];
  return { notifiers, unobserved: (work) => work() };
}
