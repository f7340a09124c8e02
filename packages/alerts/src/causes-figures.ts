import { endpointName, type FailureTotals, type Window } from '@tacho/core';
import { badFailures, type Figures, type Measure } from './causes-measure.ts';
import { ALL } from './signals/subjects.ts';

/** Those of all subjects are under `all`. */
export function failuresBySubject({ failures }: Window): Map<string, FailureTotals[]> {
  const all = failures.entries();
  const bySubject = new Map([[ALL, all]]);
  for (const failure of all) {
    const subject = endpointName(failure);
    const same = bySubject.get(subject);
    if (same === undefined) bySubject.set(subject, [failure]);
    else same.push(failure);
  }
  return bySubject;
}

/** How much of what is bad was answered with each status that is an error. */
export function statusesIn(failures: readonly FailureTotals[], measure: Measure): Map<string, number> {
  const counts = new Map<string, number>();
  for (const failure of failures) {
    const bad = badFailures(measure, failure);
    const value = String(failure.status);
    if (bad > 0 && failure.status >= 400) counts.set(value, (counts.get(value) ?? 0) + bad);
  }
  return counts;
}

export function originsBy(dimension: 'host' | 'version', { origins }: Window): Map<string, Figures> {
  const figures = new Map<string, Figures>();
  for (const origin of origins.entries()) {
    const before = figures.get(origin[dimension]);
    figures.set(origin[dimension], before === undefined ? origin : sumOf(before, origin));
  }
  return figures;
}

function sumOf(a: Figures, b: Figures): Figures {
  return {
    count: a.count + b.count,
    clientErrors: a.clientErrors + b.clientErrors,
    serverErrors: a.serverErrors + b.serverErrors,
    slow: a.slow + b.slow,
    sumUs: a.sumUs + b.sumUs,
  };
}
