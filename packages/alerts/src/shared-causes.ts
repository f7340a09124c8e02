import type { ToldAlert } from './message.ts';
import type { Cause } from './reading.ts';

const MAX_CAUSES = 5;

/** What carries the excess of alerts together: each has a say by its requests, one that has none as by a single one. */
export function sharedCauses(alerts: readonly Pick<ToldAlert, 'causes' | 'requests'>[]): readonly Cause[] {
  const totalWeight = alerts.reduce((sum, alert) => sum + weightOf(alert), 0);
  const shares = new Map<string, Cause>();
  for (const alert of alerts) {
    for (const { dimension, value, share } of alert.causes) {
      const key = `${dimension} ${value}`;
      const before = shares.get(key)?.share ?? 0;
      shares.set(key, { dimension, value, share: before + (share * weightOf(alert)) / totalWeight });
    }
  }
  return [...shares.values()].sort((one, other) => other.share - one.share).slice(0, MAX_CAUSES);
}

function weightOf({ requests }: Pick<ToldAlert, 'requests'>): number {
  return Math.max(1, requests);
}
