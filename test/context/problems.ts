import { SpanKind } from '@opentelemetry/api';
import { type ContextCase, LEFT_OUT } from './case.ts';
import type { Sent } from './client.ts';
import type { ActiveSpan, Observation } from './observation.ts';

/** Says in words what is wrong with what a case's callbacks saw, each with how often; nothing if all is well. */
export function problemsOf(theCase: ContextCase, sent: Sent, observations: readonly Observation[]): string[] {
  const found = [
    ...sent.failures.map((failure) => `a client failed: ${failure}`),
    ...ownSpans(sent, observations),
    ...observations.flatMap((observation) => callbacks(theCase, observation)),
  ];
  const counts = new Map<string, number>();
  for (const problem of found) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  return [...counts].map(([problem, count]) => `${problem} (${count} in ${sent.traceIds.length} requests)`);
}

/** Every request has to begin in a server span of its own, in the trace that its client has begun. */
function ownSpans(sent: Sent, observations: readonly Observation[]): string[] {
  const problems: string[] = [];
  const missing = new Set(sent.traceIds);
  for (const { target, own = {}, failure } of observations) {
    if (failure !== undefined) problems.push(`the handler failed: ${failure}`);
    if (target === LEFT_OUT) {
      if (own.spanId !== undefined) problems.push('a request that is left out began in a span');
    } else if (own.traceId === undefined) problems.push('the handler began in no span');
    else if (!missing.delete(own.traceId)) problems.push('the handler began in the span of another request');
    else if (own.kind !== SpanKind.SERVER) problems.push('the handler began in a span of another kind');
  }
  if (observations.length !== sent.traceIds.length) problems.push(`${observations.length} requests arrived`);
  return problems;
}

function callbacks(
  { callbacks: wanted, unbound = [] }: ContextCase,
  { own = {}, seen }: Observation,
): string[] {
  const called = new Set(seen.map(({ label }) => label));
  const wrong = seen.filter(({ label, span }) => !isSame(span, unbound.includes(label) ? {} : own));
  return [
    ...wanted.filter((label) => !called.has(label)).map((label) => `"${label}" was not called`),
    ...[...called].filter((label) => !wanted.includes(label)).map((label) => `"${label}" was called`),
    ...wrong.map(({ label, span }) => `"${label}" saw ${span.spanId === undefined ? 'no' : 'another'} span`),
  ];
}

function isSame(one: ActiveSpan, other: ActiveSpan): boolean {
  return one.traceId === other.traceId && one.spanId === other.spanId;
}
