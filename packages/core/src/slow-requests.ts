import { compareText, keptText } from './kept-text.ts';
import type { RequestRecord } from './record.ts';

/** A completed request that took longer is slow. */
export const SLOW_MS = 2000;

export const MAX_STATUS = 999;

export function isSlow(record: Pick<RequestRecord, 'outcome' | 'durationMs'>): boolean {
  return record.outcome === 'completed' && record.durationMs > SLOW_MS;
}

/**
 * The slowest of the slow requests, at most `limit` of them, in a total order: merging in any order and grouping
 * keeps the same ones.
 */
export class SlowRequests {
  readonly limit: number;
  /** Slowest first. The records are copies of our own and never change, so sets may share them. */
  #records: RequestRecord[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Ignores a request that is not slow. @param record with valid numbers; `Window.record` has checked them */
  record(record: RequestRecord): void {
    if (!isSlow(record) || this.#isFasterThanAll(record)) return;
    const kept = keptCopy(record);
    this.#records.splice(this.#rankOf(kept), 0, kept);
    if (this.#records.length > this.limit) this.#records.pop();
  }

  /** Adds everything that `other` holds; associative and commutative. `other` may be this set. */
  merge(other: SlowRequests): void {
    if (other.#records.length > 0) this.#records = slowestOf(this.#records, other.#records, this.limit);
  }

  /** Adds slow requests with valid numbers, which become its own: nobody else may change them. */
  adopt(records: RequestRecord[]): void {
    this.#records = slowestOf(this.#records, records.sort(slowestFirst), this.limit);
  }

  /** Leaves the requests and takes away whose they were. @returns whether there was any */
  eraseUsers(pseudonyms: ReadonlySet<string>): boolean {
    const isErased = ({ user }: RequestRecord): boolean => user !== undefined && pseudonyms.has(user);
    if (!this.#records.some(isErased)) return false;
    this.#records = this.#records
      .map((record) => (isErased(record) ? { ...record, user: undefined } : record))
      .sort(slowestFirst);
    return true;
  }

  /** Slowest first, in an array of the caller's own. */
  list(): RequestRecord[] {
    return [...this.#records];
  }

  /** Tells without a copy, where the list is full, that a request has no place in it. */
  #isFasterThanAll(record: RequestRecord): boolean {
    if (this.#records.length < this.limit) return false;
    const fastest = this.#records.at(-1);
    return fastest === undefined || record.durationMs < fastest.durationMs;
  }

  #rankOf(record: RequestRecord): number {
    let low = 0;
    let high = this.#records.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (slowestFirst(this.#records[middle]!, record) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of two lists that are in order, one that is. */
function slowestOf(a: readonly RequestRecord[], b: readonly RequestRecord[], limit: number): RequestRecord[] {
  const slowest: RequestRecord[] = [];
  let fromA = 0;
  let fromB = 0;
  while (slowest.length < limit) {
    const inA = a[fromA];
    const inB = b[fromB];
    const next = inA !== undefined && (inB === undefined || slowestFirst(inA, inB) <= 0) ? inA : inB;
    if (next === undefined) break;
    if (next === inA) fromA++;
    else fromB++;
    slowest.push(next);
  }
  return slowest;
}

/** Every field takes part, so that two records that compare equal are alike. */
function slowestFirst(a: RequestRecord, b: RequestRecord): number {
  return (
    b.durationMs - a.durationMs ||
    a.startMs - b.startMs ||
    compareText(a.traceId ?? '', b.traceId ?? '') ||
    compareText(a.method, b.method) ||
    compareText(a.route, b.route) ||
    a.status - b.status ||
    compareText(a.user ?? '', b.user ?? '') ||
    Number(a.traceId === undefined) - Number(b.traceId === undefined) ||
    Number(a.user === undefined) - Number(b.user === undefined)
  );
}

/** Holds on to nothing of the caller's. A status that is none becomes 0. */
function keptCopy(record: RequestRecord): RequestRecord {
  const { startMs, durationMs, status, outcome, user, traceId } = record;
  return {
    startMs,
    durationMs,
    method: keptText(record.method),
    route: keptText(record.route),
    status: Number.isInteger(status) && status > 0 && status <= MAX_STATUS ? status : 0,
    outcome,
    user: user === undefined ? undefined : keptText(user),
    traceId: traceId === undefined ? undefined : keptText(traceId),
  };
}
