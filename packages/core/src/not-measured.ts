import { boundedText, compareText, keptText } from './kept-text.ts';

const MAX_KINDS = 64;
/** Counts what is past the cap on kinds. */
const OTHER_KIND = 'other';

/**
 * Requests that were seen but kept out of the statistics, counted by kind: `excluded /healthz`, `admin-api`,
 * `rejected 400`. Kinds are few and fixed; should they not be, those past 64 count as `other`, so the sum is exact.
 */
export class NotMeasured {
  readonly #counts = new Map<string, number>();

  /** @param n a positive integer */
  count(kind: string, n: number): void {
    const known = this.#counts.get(kind);
    if (known !== undefined) this.#counts.set(kind, known + n);
    else this.#admit(kind, n);
  }

  /** Adds everything that `other` holds. `other` may be these counts. */
  merge(other: NotMeasured): void {
    for (const [kind, n] of other.entries()) this.count(kind, n);
  }

  get(kind: string): number {
    return this.#counts.get(kind) ?? 0;
  }

  /** Every kind with its count, in the order of kinds. */
  entries(): [kind: string, n: number][] {
    return [...this.#counts].sort(([a], [b]) => compareText(a, b));
  }

  #admit(kind: string, n: number): void {
    const bounded = boundedText(kind);
    const counted =
      this.#counts.has(bounded) || this.#counts.size < MAX_KINDS ? keptText(bounded) : OTHER_KIND;
    this.#counts.set(counted, this.get(counted) + n);
  }
}
