import type { EndpointStats, FailureTotals } from '@tacho/core';

/** What an alert has too much of: requests that failed, requests that were slow, or time. */
export type Measure =
  | { readonly kind: 'errors'; readonly of: 'all' | 'server' }
  | { readonly kind: 'slow' }
  | { readonly kind: 'time' };

/** What endpoints, origins and users alike are known by. */
export type Figures = Pick<EndpointStats, 'count' | 'clientErrors' | 'serverErrors' | 'slow' | 'sumUs'>;

export function badOf(measure: Measure, figures: Figures): number {
  if (measure.kind === 'time') return figures.sumUs;
  if (measure.kind === 'slow') return figures.slow;
  return figures.serverErrors + (measure.of === 'all' ? figures.clientErrors : 0);
}

/** The same of requests that are known by how they failed, which tells nothing of time. */
export function badFailures(measure: Measure, { status, count, slow }: FailureTotals): number {
  if (measure.kind === 'slow') return slow;
  if (measure.kind === 'time') return 0;
  return status >= (measure.of === 'all' ? 400 : 500) && status < 600 ? count : 0;
}

/** What is bad for each request; 0 where there is none. */
export function rateOf(measure: Measure, figures: Figures | undefined): number {
  return figures === undefined || figures.count === 0 ? 0 : badOf(measure, figures) / figures.count;
}
