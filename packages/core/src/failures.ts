import type { EndpointName } from './endpoint-table.ts';
import type { Origin } from './origins.ts';
import type { RequestRecord } from './record.ts';
import { isSlow } from './slow-requests.ts';
import { Tallies } from './tallies.ts';

/** Requests of one endpoint and one origin that ended with one status, and failed or were slow. */
export interface FailureTotals extends EndpointName, Origin {
  /** 400 to 599; any other that was sent where they were slow, or 0 where that is none. */
  readonly status: number;
  /** Completed requests. */
  readonly count: number;
  /** Of these, those that took longer than `SLOW_MS`. */
  readonly slow: number;
}

const MAX_FAILURES = 500;
/** So that none is made for each request. */
const STATUS_TEXTS = Array.from({ length: 600 }, (_, status) => String(status));
const UNKNOWN: Origin = { host: '', version: '' };

/** Whether a completed request failed or was slow. */
export function isFailure(record: RequestRecord): boolean {
  const { status } = record;
  return (record.outcome === 'completed' && status >= 400 && status < 600) || isSlow(record);
}

/**
 * Where, how and by which kind of process requests failed or were slow: what there is to explain an alert by. At most 500
 * tallies; those past that are counted in `tallies.overflow`.
 */
export class Failures {
  static readonly KEY_LENGTH = 5;
  /** For codecs: route, method, status, host and version, and the counts in the order of `FailureTotals`. */
  readonly tallies = new Tallies(MAX_FAILURES, 2);

  /** Ignores a request that neither failed nor was slow. @param record with valid numbers */
  record(record: RequestRecord, origin: Origin = UNKNOWN): void {
    if (!isFailure(record)) return;
    const status = STATUS_TEXTS[record.status] ?? '0';
    const slow = isSlow(record) ? 1 : 0;
    const counts = this.#countsOf(record, status, origin);
    if (counts === undefined) {
      const { host, version } = origin;
      this.tallies.add([record.route, record.method, status, host, version], [1, slow]);
      return;
    }
    counts[0] = counts[0]! + 1;
    counts[1] = counts[1]! + slow;
  }

  /** Adds everything that `other` holds; see `Tallies.merge`. */
  merge(other: Failures): void {
    this.tallies.merge(other.tallies);
  }

  /** Allocates nothing, as an error that is met again and again is no reason to. */
  #countsOf(
    { route, method }: EndpointName,
    status: string,
    { host, version }: Origin,
  ): number[] | undefined {
    const tallies = this.tallies.beginningWith(route);
    if (tallies === undefined) return undefined;
    for (let index = 0; index < tallies.length; index++) {
      const { key, counts } = tallies[index]!;
      if (key[1] === method && key[2] === status && key[3] === host && key[4] === version) return counts;
    }
    return undefined;
  }

  /** The most frequent first. */
  entries(): FailureTotals[] {
    return this.tallies.list().map(({ key, counts: [count = 0, slow = 0] }) => {
      const [route = '', method = '', status = '', host = '', version = ''] = key;
      return { method, route, status: Number(status), host, version, count, slow };
    });
  }
}
