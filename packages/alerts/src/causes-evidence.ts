import { type EndpointStats, endpointName, type FailureTotals, type Window } from '@tacho/core';
import type { Dimension, Part } from './causes.ts';
import { failuresBySubject, originsBy, statusesIn } from './causes-figures.ts';
import { badFailures, badOf, type Figures, type Measure, rateOf } from './causes-measure.ts';
import { ALL, statsOf } from './signals/subjects.ts';

/** What the past has to have of a value before it has a rate of its own. */
const MIN_PAST_REQUESTS = 20;

/** Of less of the past's requests, a value is new: it came when the past was nearly over. */
const NEW_SHARE = 0.01;

/** What two windows tell of why the first has more of what is bad: dimensions for `causesOf`. */
export class Evidence {
  readonly #now: Window;
  readonly #past: Window;
  readonly #nowTotal: EndpointStats;
  readonly #pastTotal: EndpointStats;
  readonly #nowFailures: ReadonlyMap<string, FailureTotals[]>;
  readonly #pastFailures: ReadonlyMap<string, FailureTotals[]>;

  constructor(now: Window, past: Window) {
    this.#now = now;
    this.#past = past;
    this.#nowTotal = now.endpoints.total();
    this.#pastTotal = past.endpoints.total();
    this.#nowFailures = failuresBySubject(now);
    this.#pastFailures = failuresBySubject(past);
  }

  /** How much more of it a subject has than it would have at the rate of the past; 0 where it has less. */
  excessOf(subject: string, measure: Measure): number {
    const now = this.#nowOf(subject);
    if (now === undefined) return 0;
    return Math.max(0, badOf(measure, now) - now.count * rateOf(measure, this.#pastOf(subject)));
  }

  dimensions(subject: string, measure: Measure): Dimension[] {
    const noise = measure.kind === 'time' ? 'timed' : 'counted';
    const dimensions: Dimension[] = [
      { dimension: 'version', parts: this.#origins('version', subject, measure), noise },
      { dimension: 'host', parts: this.#origins('host', subject, measure), noise },
    ];
    if (subject === ALL) dimensions.push({ dimension: 'endpoint', parts: this.#endpoints(measure), noise });
    if (measure.kind === 'time') return dimensions;
    dimensions.push({ dimension: 'status', parts: this.#statuses(subject, measure), noise });
    dimensions.push({ dimension: 'user', parts: this.#users(subject, measure), noise });
    return dimensions;
  }

  #endpoints(measure: Measure): Part[] {
    return this.#now.endpoints.entries().map((entry) => {
      const value = endpointName(entry);
      return partOf(value, entry.stats, this.#past.endpoints.get(value)?.stats, this.#pastTotal, measure);
    });
  }

  /**
   * Origins are known by all their requests together. Of one endpoint, what failed there is known by origin too; how
   * many requests it had of each is taken to be as with the others.
   */
  #origins(dimension: 'host' | 'version', subject: string, measure: Measure): Part[] {
    const now = originsBy(dimension, this.#now);
    const past = originsBy(dimension, this.#past);
    const failed = subject === ALL ? undefined : this.#failed(dimension, subject, measure);
    const stats = this.#nowOf(subject);
    const scale = (stats?.count ?? 0) / this.#nowTotal.count;
    const rate = measure.kind === 'time' ? this.#usualMeanUs() : rateOf(measure, this.#pastOf(subject));
    const isKnown = measure.kind !== 'time' && failed !== undefined;
    return [...now].map(([value, figures]) => {
      const count = isKnown ? figures.count * scale : figures.count;
      const bad = isKnown ? (failed.get(value) ?? 0) : badOf(measure, figures);
      const expected = count * rate;
      const exposure = measure.kind === 'time' ? expected : count;
      return { value, bad, expected, exposure, isNew: this.#isNew(past.get(value)) };
    });
  }

  /** Mean microseconds of a request, had the endpoints as many as now and were they as fast as before. */
  #usualMeanUs(): number {
    let sumUs = 0;
    for (const part of this.#endpoints({ kind: 'time' })) sumUs += part.expected;
    return sumUs / this.#nowTotal.count;
  }

  #failed(dimension: 'host' | 'version', subject: string, measure: Measure): Map<string, number> {
    const counts = new Map<string, number>();
    for (const failure of this.#nowFailures.get(subject) ?? []) {
      const value = failure[dimension];
      counts.set(value, (counts.get(value) ?? 0) + badFailures(measure, failure));
    }
    return counts;
  }

  #statuses(subject: string, measure: Measure): Part[] {
    const now = statusesIn(this.#nowFailures.get(subject) ?? [], measure);
    const past = statusesIn(this.#pastFailures.get(subject) ?? [], measure);
    const exposure = this.#nowOf(subject)?.count ?? 0;
    const growth = exposure / Math.max(1, this.#pastOf(subject)?.count ?? 0);
    return [...now].map(([value, bad]) => {
      const before = past.get(value) ?? 0;
      return { value, bad, expected: before * growth, exposure, isNew: before === 0 };
    });
  }

  /**
   * Users are known by all their requests together, and by the hour. Of one endpoint they explain as much as it has
   * of the whole excess.
   */
  #users(subject: string, measure: Measure): Part[] {
    const whole = this.excessOf(ALL, measure);
    const scale = subject === ALL || whole === 0 ? 1 : Math.min(1, this.excessOf(subject, measure) / whole);
    const past = new Map([...this.#past.users.entries()].map(({ user, stats }) => [user, stats]));
    const parts = [...this.#now.users.entries()].map(({ user, stats }) =>
      partOf(user, stats, past.get(user), this.#pastTotal, measure),
    );
    const others = partOf('', this.#now.users.others, undefined, this.#pastTotal, measure);
    return [...parts, others, this.#nobody(measure, [...parts, others])].map((part) => ({
      ...part,
      bad: part.bad * scale,
      expected: part.expected * scale,
      exposure: part.exposure * scale,
    }));
  }

  /** Requests of which no user is known. */
  #nobody(measure: Measure, known: readonly Part[]): Part {
    const whole = partOf('', this.#nowTotal, this.#pastTotal, this.#pastTotal, measure);
    let { bad, expected, exposure } = whole;
    for (const part of known) {
      bad -= part.bad;
      expected -= part.expected;
      exposure -= part.exposure;
    }
    const isLeft = exposure > 0;
    return {
      value: '',
      bad: isLeft ? Math.max(0, bad) : 0,
      expected: isLeft ? Math.max(0, expected) : 0,
      exposure: Math.max(0, exposure),
      isNew: false,
    };
  }

  #isNew(past: Figures | undefined): boolean {
    return (past?.count ?? 0) < NEW_SHARE * this.#pastTotal.count;
  }

  #nowOf(subject: string): EndpointStats | undefined {
    return subject === ALL ? this.#nowTotal : statsOf(this.#now, subject);
  }

  #pastOf(subject: string): EndpointStats | undefined {
    return subject === ALL ? this.#pastTotal : statsOf(this.#past, subject);
  }
}

function partOf(
  value: string,
  now: Figures,
  past: Figures | undefined,
  pastTotal: Figures,
  measure: Measure,
): Part {
  const isKnown = past !== undefined && past.count >= MIN_PAST_REQUESTS;
  const expected = now.count * rateOf(measure, isKnown ? past : pastTotal);
  const exposure = measure.kind === 'time' ? expected : now.count;
  return { value, bad: badOf(measure, now), expected, exposure, isNew: past === undefined };
}
