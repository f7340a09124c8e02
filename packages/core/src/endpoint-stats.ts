import type { RequestRecord } from './record.ts';
import { Sketch } from './sketch/sketch.ts';
import { SLOW_MS } from './slow-requests.ts';

/**
 * The T of Apdex (Apdex Technical Specification 1.1): up to T a user is satisfied, up to 4T tolerating, beyond
 * that frustrated; a server error frustrates however fast it came.
 */
export const APDEX_T_MS = 500;

/**
 * What was measured at one endpoint. All but `aborted` and `streamed` is of completed requests. Merging equals
 * having recorded all, exactly: counts and sums are integers, and stay exact up to 2^53 (285 years of request time).
 */
export class EndpointStats {
  /** Completed requests. */
  count = 0;
  /** Status 400 to 499. */
  clientErrors = 0;
  /** Status 500 to 599. */
  serverErrors = 0;
  aborted = 0;
  streamed = 0;
  /** Longer than `SLOW_MS`. */
  slow = 0;
  /** Apdex: up to `APDEX_T_MS`, and no server error. */
  satisfied = 0;
  /** Apdex: longer, up to four times `APDEX_T_MS`, and no server error. */
  tolerating = 0;
  /** Sum of durations, each rounded to the microsecond. NaN until the constructor has run: see there. */
  sumUs = Number.NaN;
  /** The least duration, rounded to the microsecond. Infinity while `count` is 0. */
  minUs = Number.POSITIVE_INFINITY;
  /** The greatest duration, rounded to the microsecond. −Infinity while `count` is 0. */
  maxUs = Number.NEGATIVE_INFINITY;
  readonly sketch = new Sketch();

  /**
   * V8 makes room for a float where a field begins as one. A field that turns into one, as a sum does past 2^31,
   * makes it throw away what it has compiled, and for as long as there is no new endpoint it compiles in vain.
   */
  constructor() {
    this.sumUs = 0;
  }

  get minMs(): number {
    return this.minUs / 1000;
  }

  get maxMs(): number {
    return this.maxUs / 1000;
  }

  /** Requests of every outcome. */
  get total(): number {
    return this.count + this.aborted + this.streamed;
  }

  get errors(): number {
    return this.clientErrors + this.serverErrors;
  }

  /** @param record with valid numbers; `Window.record` has checked them */
  record(record: RequestRecord): void {
    if (record.outcome === 'completed') this.#recordCompleted(record);
    else if (record.outcome === 'aborted') this.aborted++;
    else this.streamed++;
  }

  /** Adds everything that `other` holds; associative and commutative. `other` may be these stats. */
  merge(other: EndpointStats): void {
    this.count += other.count;
    this.clientErrors += other.clientErrors;
    this.serverErrors += other.serverErrors;
    this.aborted += other.aborted;
    this.streamed += other.streamed;
    this.slow += other.slow;
    this.satisfied += other.satisfied;
    this.tolerating += other.tolerating;
    this.sumUs += other.sumUs;
    if (other.minUs < this.minUs) this.minUs = other.minUs;
    if (other.maxUs > this.maxUs) this.maxUs = other.maxUs;
    this.sketch.merge(other.sketch);
  }

  /** The sketch's quantile, never outside what was measured. @returns milliseconds; NaN while `count` is 0 */
  quantileMs(q: number): number {
    return Math.min(Math.max(this.sketch.quantile(q), this.minMs), this.maxMs);
  }

  /** Takes the record, not its duration: a float that is handed to a function may be boxed, which allocates. */
  #recordCompleted({ durationMs, status }: RequestRecord): void {
    const durationUs = Math.floor(durationMs * 1000 + 0.5);
    this.count++;
    this.sumUs += durationUs;
    if (durationUs < this.minUs) this.minUs = durationUs;
    if (durationUs > this.maxUs) this.maxUs = durationUs;
    if (durationMs > SLOW_MS) this.slow++;
    this.sketch.add(durationMs);
    if (status >= 500 && status < 600) {
      this.serverErrors++;
      return;
    }
    if (status >= 400 && status < 500) this.clientErrors++;
    if (durationMs <= APDEX_T_MS) this.satisfied++;
    else if (durationMs <= 4 * APDEX_T_MS) this.tolerating++;
  }
}
