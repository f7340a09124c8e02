import { nextTurn } from '@tacho/store';
import { worstOf } from '../alert.ts';
import { causesOf } from '../causes.ts';
import { Evidence } from '../causes-evidence.ts';
import type { Measure } from '../causes-measure.ts';
import type { AlertPast, Cause, Reading } from '../reading.ts';
import { hoursBefore, type Range } from './ranges.ts';

/** What a rule found of a subject, before anybody has asked why. */
export interface Finding extends Omit<Reading, 'causes'> {
  /** What there is too much of. */
  readonly measure: Measure;
}

/** Of one rule at one moment: as many as a message has alerts. To find out more takes long, and nobody is told. */
const MAX_EXPLAINED = 20;

/** Finds what carries the excess of breaches in one range, over the hours before it; reads nothing where there is none. */
export class CauseFinder {
  readonly #past: AlertPast;
  readonly #range: Range;
  #evidence: Promise<Evidence> | undefined;

  constructor(past: AlertPast, range: Range) {
    this.#past = past;
    this.#range = range;
  }

  /** Readings of what was found, of which the worst have causes. */
  async explained(findings: readonly Finding[]): Promise<Reading[]> {
    const breaches = findings.filter(({ isBreached }) => isBreached);
    const causes = new Map<Finding, readonly Cause[]>();
    for (const finding of worstOf(breaches, MAX_EXPLAINED))
      causes.set(finding, await this.#causesOf(finding));
    return findings.map((finding) => {
      const { measure: _, ...reading } = finding;
      return { ...reading, causes: causes.get(finding) ?? [] };
    });
  }

  async #causesOf({ subject, measure }: Finding): Promise<readonly Cause[]> {
    this.#evidence ??= this.#read();
    const evidence = await this.#evidence;
    await nextTurn();
    return causesOf(evidence.dimensions(subject, measure), evidence.excessOf(subject, measure));
  }

  async #read(): Promise<Evidence> {
    const before = hoursBefore(this.#range.fromMs);
    const now = await this.#past.window(this.#range.fromMs, this.#range.toMs, { users: true });
    const past = await this.#past.window(before.fromMs, before.toMs, { users: true });
    return new Evidence(now.window, past.window);
  }
}
