import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type SpanKind, trace } from '@opentelemetry/api';

/** The span that was active somewhere; nothing where there was none. */
export interface ActiveSpan {
  readonly traceId?: string | undefined;
  readonly spanId?: string | undefined;
  readonly kind?: SpanKind | undefined;
}

/** What the callbacks of one request saw. */
export interface Observation {
  readonly target: string;
  /** Active when the handler began; in a case that asks late, when the first callback ran. */
  own?: ActiveSpan;
  readonly seen: { readonly label: string; readonly span: ActiveSpan }[];
  failure?: string;
}

const observations = new WeakMap<IncomingMessage, Observation>();

function activeSpan(): ActiveSpan {
  const span = trace.getActiveSpan();
  const { traceId, spanId } = span?.spanContext() ?? {};
  return { traceId, spanId, kind: (span as { kind?: SpanKind } | undefined)?.kind };
}

/** Called first thing in the handler; again for the same request, it gives the same. */
export function observe(req: IncomingMessage, asksLate: boolean): Observation {
  const known = observations.get(req);
  if (known !== undefined) return known;
  const observation: Observation = { target: req.url ?? '', seen: [] };
  if (!asksLate) observation.own = activeSpan();
  observations.set(req, observation);
  return observation;
}

/** `Exchange.see`, for handlers that a framework calls. */
export function see(req: IncomingMessage, label: string): void {
  const observation = observations.get(req);
  if (observation === undefined) return;
  const span = activeSpan();
  observation.own ??= span;
  observation.seen.push({ label, span });
}

/** How long a callback may stay away. */
const LIMIT_MS = 4_000;

/** Waits until each of so many requests has seen all it should, or until that takes too long. */
export async function whenComplete(
  observed: readonly Observation[],
  requests: number,
  labels: readonly string[],
): Promise<void> {
  const giveUpAt = performance.now() + LIMIT_MS;
  const isComplete = ({ seen }: Observation): boolean =>
    labels.every((label) => seen.some((each) => each.label === label));
  while (observed.length < requests || !observed.every(isComplete)) {
    if (performance.now() > giveUpAt) return;
    await pause(2);
  }
}
