import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { RequestSpans } from './request-spans.ts';
import { sizeOf } from './span-size.ts';

export interface HeldSpansLimits {
  /** Of one request, those that come after its end included. */
  readonly spansPerRequest: number;
  /** Of all requests, estimated. */
  readonly bytes: number;
  /** How long spans are held where there is no room for others, and how long after their request's end they may come. */
  readonly milliseconds: number;
}

export const HELD_SPANS_LIMITS: HeldSpansLimits = {
  spansPerRequest: 1_000,
  bytes: 8 * 2 ** 20,
  milliseconds: 5 * 60_000,
};

/** How often it is looked for what has been held for too long, at most. */
const SWEEP_EVERY_MS = 1_000;

/**
 * The spans of all requests in flight, in bounded room. Where that is used up, those go that have been held for
 * longer than the limit, as their request may never end; then newcomers are turned away, since a request that has
 * been in flight for long is likely to be a slow one.
 */
export class HeldSpans {
  readonly #limits: HeldSpansLimits;
  /** Those that have any, the one that has them for longest first. */
  readonly #requests = new Set<RequestSpans>();
  #bytes = 0;
  #letGo = 0;
  #sweepAt = 0;

  constructor(limits: HeldSpansLimits) {
    this.#limits = limits;
  }

  /** Of all spans here, estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many spans were not held, or not to the end, for want of room. */
  get letGo(): number {
    return this.#letGo;
  }

  hold(request: RequestSpans, span: ReadableSpan): void {
    const bytes = sizeOf(span);
    if (this.#isFull(request) || !this.#hasRoomFor(bytes)) {
      this.#lose(request, 1);
      return;
    }
    if (request.held.length === 0) {
      request.since = performance.now();
      this.#requests.add(request);
    }
    request.held.push(span);
    request.count++;
    request.bytes += bytes;
    this.#bytes += bytes;
  }

  /** Whether a span that comes after its request still goes the way of it. */
  follows(request: RequestSpans): boolean {
    if (request.fate !== 'kept') return false;
    if (this.#isFull(request) || performance.now() - request.since > this.#limits.milliseconds) {
      this.#lose(request, 1);
      return false;
    }
    request.count++;
    return true;
  }

  /** Takes the spans of a request out. */
  release(request: RequestSpans): ReadableSpan[] {
    const { held } = request;
    if (held.length === 0) return held;
    this.#requests.delete(request);
    this.#bytes -= request.bytes;
    request.held = [];
    request.bytes = 0;
    return held;
  }

  releaseAll(): void {
    for (const request of this.#requests) this.release(request);
  }

  #isFull(request: RequestSpans): boolean {
    return request.count >= this.#limits.spansPerRequest;
  }

  #hasRoomFor(bytes: number): boolean {
    if (this.#bytes + bytes <= this.#limits.bytes) return true;
    this.#sweep(performance.now());
    return this.#bytes + bytes <= this.#limits.bytes;
  }

  #sweep(now: number): void {
    if (now < this.#sweepAt) return;
    this.#sweepAt = now + SWEEP_EVERY_MS;
    for (const request of this.#requests) {
      if (now - request.since <= this.#limits.milliseconds) return;
      this.#lose(request, this.release(request).length);
    }
  }

  #lose(request: RequestSpans, spans: number): void {
    request.missing += spans;
    this.#letGo += spans;
  }
}
