import { ranked } from './causes.ts';
import type { ToldAlert } from './message.ts';
import type { Cause } from './reading.ts';

/**
 * What carries the excess of alerts together. Each that is about requests has a say by how many it is about; and one
 * that is about an endpoint says that it is this endpoint, which is a cause where the others say so too, or are few.
 */
export function sharedCauses(
  alerts: readonly Pick<ToldAlert, 'subject' | 'causes' | 'requests'>[],
): readonly Cause[] {
  const aboutRequests = alerts.filter(({ requests }) => requests > 0);
  const total = aboutRequests.reduce((sum, { requests }) => sum + requests, 0);
  const shares = new Map<string, Cause>();
  for (const alert of aboutRequests) {
    for (const { dimension, value, share } of [...alert.causes, ...ownEndpoint(alert)]) {
      const key = `${dimension} ${value}`;
      const before = shares.get(key)?.share ?? 0;
      shares.set(key, { dimension, value, share: before + (share * alert.requests) / total });
    }
  }
  return ranked([...shares.values()]);
}

function ownEndpoint({ subject }: Pick<ToldAlert, 'subject'>): Cause[] {
  return subject.includes(' ') ? [{ dimension: 'endpoint', value: subject, share: 1 }] : [];
}
