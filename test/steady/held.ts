import { setTimeout as pause } from 'node:timers/promises';
import { type Context, context, type Span, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';

/** What a handler can keep of a request. Nothing but the last is to keep the request itself. */
export type Kept = 'span' | 'span that was read' | 'context' | 'background work' | 'request';

const held: unknown[] = [];
const spans: Span[] = [];
let ticks = 0;

/** Called in the handler of a request. */
export function keep(kept: Kept, request: object): void {
  const span = trace.getActiveSpan();
  if (kept === 'request') held.push(request);
  else if (kept === 'context') held.push(...contexts());
  else if (kept === 'background work') held.push(setInterval(tick, 20));
  else if (span !== undefined) spans.push(kept === 'span' ? span : read(span));
}

/** The active context, and one that is derived from it. */
function contexts(): Context[] {
  const active = context.active();
  return [active, trace.setSpan(active, trace.getTracer('test').startSpan('child'))];
}

/** Goes on when the response has ended, with the request's span active. */
function tick(): void {
  if (trace.getActiveSpan() !== undefined) ticks++;
}

function read(span: Span): Span {
  const { attributes, startTime } = span as Span & ReadableSpan;
  span.setAttribute('seen', `${Object.keys(attributes).length} ${startTime}`);
  span.addEvent(span.spanContext().traceId);
  return span;
}

/** How much of what was kept is still good for something: spans that tell of their request, work that goes on. */
export async function usable(): Promise<{ spans: number; isWorking: boolean }> {
  const before = ticks;
  await pause(60);
  const telling = (spans as (Span & ReadableSpan)[]).filter(
    ({ attributes }) => attributes['url.path'] !== undefined,
  );
  return { spans: telling.length, isWorking: ticks > before };
}
