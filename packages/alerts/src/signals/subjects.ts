import { type EndpointStats, endpointName, type Window } from '@tacho/core';
import type { Scope } from '../rule.ts';

/** What a rule looks at: all endpoints together, or one. */
export interface Subject {
  /** `all`, or `METHOD route`. */
  readonly subject: string;
  readonly stats: EndpointStats;
}

export const ALL = 'all';

/** The subjects of a scope. Where endpoints were too many for a window, those without stats of their own are one. */
export function subjectsOf(window: Pick<Window, 'endpoints'>, scope: Scope): Subject[] {
  if (scope === ALL) return [{ subject: ALL, stats: window.endpoints.total() }];
  if (scope === 'each') {
    return window.endpoints.entries().map((entry) => ({ subject: endpointName(entry), stats: entry.stats }));
  }
  const stats = statsOf(window, scope);
  return stats === undefined ? [] : [{ subject: scope, stats }];
}

/** The stats of one subject in another window. @returns undefined where it has none */
export function statsOf(
  { endpoints }: Pick<Window, 'endpoints'>,
  subject: string,
): EndpointStats | undefined {
  return subject === ALL ? endpoints.total() : endpoints.get(subject)?.stats;
}
