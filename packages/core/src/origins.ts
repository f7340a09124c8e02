import type { EndpointTable } from './endpoint-table.ts';
import { Tallies } from './tallies.ts';

/** What kind of process measured: which version of the service, on which host. A text is empty where it is not known. */
export interface Origin {
  readonly host: string;
  /** `service.version`. */
  readonly version: string;
}

/** What processes of one origin measured, of all endpoints together. All but the origin is of completed requests. */
export interface OriginTotals extends Origin {
  readonly count: number;
  /** Status 400 to 499. */
  readonly clientErrors: number;
  /** Status 500 to 599. */
  readonly serverErrors: number;
  /** Longer than `SLOW_MS`. */
  readonly slow: number;
  /** Sum of durations, each rounded to the microsecond. */
  readonly sumUs: number;
}

const MAX_ORIGINS = 50;

/** Of what kind of process the requests were, of at most 50 origins; those past that are counted in `tallies.overflow`. */
export class Origins {
  static readonly KEY_LENGTH = 2;
  /** For codecs: `host`, `version`, and the counts in the order of `OriginTotals`. */
  readonly tallies = new Tallies(MAX_ORIGINS, 5);

  /** Adds all that is in a table, as measured by processes of one origin. */
  addTable({ host, version }: Origin, table: EndpointTable): void {
    const sums = [0, 0, 0, 0, 0];
    for (const { stats } of table.entries()) {
      const { count, clientErrors, serverErrors, slow, sumUs } = stats;
      for (const [place, n] of [count, clientErrors, serverErrors, slow, sumUs].entries())
        sums[place] = sums[place]! + n;
    }
    if (sums[0]! > 0) this.tallies.add([host, version], sums);
  }

  /** Adds everything that `other` holds; see `Tallies.merge`. */
  merge(other: Origins): void {
    this.tallies.merge(other.tallies);
  }

  /** Most requests first. */
  entries(): OriginTotals[] {
    return this.tallies.list().map(({ key: [host = '', version = ''], counts }) => {
      const [count = 0, clientErrors = 0, serverErrors = 0, slow = 0, sumUs = 0] = counts;
      return { host, version, count, clientErrors, serverErrors, slow, sumUs };
    });
  }
}
