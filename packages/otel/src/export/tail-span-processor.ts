import { type Context, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import type { ReadableSpan, Span, SpanProcessor } from '@opentelemetry/sdk-trace';
import { harmlessly } from '../harmlessly.ts';
import type { TelemetryNotices } from '../notices.ts';
import { LEFT_OUT, type SpanOfRequest } from '../span-outcome.ts';
import { HELD_SPANS_LIMITS, HeldSpans, type HeldSpansLimits } from './held-spans.ts';
import { RequestSpans } from './request-spans.ts';
import { isWorthKeeping } from './worth-keeping.ts';

/** Where the spans of a request that is not sampled have what becomes of them. */
const REQUEST = Symbol('tacho.request');

/** Where a span below a server span that is sampled has that. Of others their requests know what becomes of them. */
const SERVER_SPAN = Symbol('tacho.server span');

type HeldSpan = ReadableSpan & SpanOfRequest & { [REQUEST]?: RequestSpans; [SERVER_SPAN]?: SpanOfRequest };

/**
 * Hands the processor behind it what is to be exported: every span that is sampled, in the moment it ends; and of
 * those that the sampler has turned down, the server spans that are worth keeping with all that was below them.
 * Nothing of a request that is left out.
 */
export class TailSpanProcessor implements SpanProcessor {
  readonly #behind: SpanProcessor;
  readonly #held: HeldSpans;
  readonly #notices: TelemetryNotices;

  constructor(behind: SpanProcessor, notices: TelemetryNotices, limits: HeldSpansLimits = HELD_SPANS_LIMITS) {
    this.#behind = behind;
    this.#notices = notices;
    this.#held = new HeldSpans(limits);
  }

  /** How many spans were let go for want of room before it was known whether their trace is worth keeping. */
  get letGo(): number {
    return this.#held.letGo;
  }

  /** Runs where the application starts its spans: nothing may come out of it. */
  onStart(span: Span & HeldSpan, context: Context): void {
    harmlessly(() => {
      const parent = trace.getSpan(context) as (Span & HeldSpan) | undefined;
      const request = parent && (parent[REQUEST] ?? requestBegun(parent));
      const above = request === undefined && parent ? sampledServerSpan(parent) : undefined;
      if (request !== undefined) span[REQUEST] = request;
      else if (above !== undefined) span[SERVER_SPAN] = above;
      this.#behind.onStart(span, context);
    });
  }

  /** Runs where the application ends its spans: nothing may come out of it. */
  onEnd(span: HeldSpan): void {
    harmlessly(() => this.#ended(span));
  }

  forceFlush(): Promise<void> {
    return this.#behind.forceFlush();
  }

  shutdown(): Promise<void> {
    this.#held.releaseAll();
    return this.#behind.shutdown();
  }

  #ended(span: HeldSpan): void {
    const { [REQUEST]: request } = span;
    if (span[LEFT_OUT] || span[SERVER_SPAN]?.[LEFT_OUT]) this.#drop(request);
    else if (isSampled(span)) this.#export(span);
    else if (isRoot(span, request)) this.#requestEnded(span, request);
    else if (request?.fate === 'open') this.#held.hold(request, span);
    else if (request !== undefined && this.#held.follows(request)) this.#export(span);
  }

  #drop(request: RequestSpans | undefined): void {
    if (request === undefined) return;
    request.fate = 'dropped';
    this.#held.release(request);
  }

  #requestEnded(span: HeldSpan, request: RequestSpans | undefined): void {
    const isKept = isWorthKeeping(span);
    if (request === undefined && !isKept) return;
    const ended = request ?? new RequestSpans(span.spanContext().spanId);
    const held = this.#held.release(ended);
    ended.fate = isKept ? 'kept' : 'dropped';
    ended.since = performance.now();
    // What is started in the context of the request goes on finding it.
    span[REQUEST] = ended;
    if (!isKept) return;
    for (const below of held) this.#export(below);
    this.#export(span);
    if (ended.missing > 0)
      this.#notices.warnRarely(
        'kept trace',
        `the trace of a slow or failed request is exported without ${ended.missing} of its spans: there was no room to hold them`,
      );
  }

  /** One that can't be is no reason to leave out those that come with it. */
  #export(span: ReadableSpan): void {
    try {
      this.#behind.onEnd(span);
    } catch (error) {
      this.#notices.warnRarely('export', `a span could not be exported: ${String(error).slice(0, 200)}`);
    }
  }
}

/** The request of a server span that is in flight and not sampled, when the first span below it starts. */
function requestBegun(span: Span & HeldSpan): RequestSpans | undefined {
  // A remote parent is no more than its ids, and has no kind.
  if (span.kind !== SpanKind.SERVER || span.ended || isSampled(span)) return undefined;
  const request = new RequestSpans(span.spanContext().spanId);
  span[REQUEST] = request;
  return request;
}

/** The server span that one below it has above it; itself where it is one. */
function sampledServerSpan(span: Span & HeldSpan): SpanOfRequest | undefined {
  return span[SERVER_SPAN] ?? (span.kind === SpanKind.SERVER && isSampled(span) ? span : undefined);
}

/** Whether it is the topmost span of a request in this process. */
function isRoot(span: ReadableSpan, request: RequestSpans | undefined): boolean {
  if (span.kind !== SpanKind.SERVER) return false;
  return request === undefined || request.rootId === span.spanContext().spanId;
}

function isSampled(span: ReadableSpan): boolean {
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}
