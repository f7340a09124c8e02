import { causesOf } from '../causes.ts';
import { Evidence } from '../causes-evidence.ts';
import type { Measure } from '../causes-measure.ts';
import type { AlertPast, Cause } from '../reading.ts';
import { hoursBefore, type Range } from './ranges.ts';

/** Finds what carries the excess of breaches in one range, over the hours before it; reads nothing where there is none. */
export class CauseFinder {
  readonly #past: AlertPast;
  readonly #range: Range;
  #evidence: Promise<Evidence> | undefined;

  constructor(past: AlertPast, range: Range) {
    this.#past = past;
    this.#range = range;
  }

  /** @param subject one that is in the range */
  async of(subject: string, measure: Measure): Promise<readonly Cause[]> {
    this.#evidence ??= this.#read();
    const evidence = await this.#evidence;
    return causesOf(evidence.dimensions(subject, measure), evidence.excessOf(subject, measure));
  }

  async #read(): Promise<Evidence> {
    const before = hoursBefore(this.#range.fromMs);
    const now = await this.#past.window(this.#range.fromMs, this.#range.toMs, { users: true });
    const past = await this.#past.window(before.fromMs, before.toMs, { users: true });
    return new Evidence(now.window, past.window);
  }
}
