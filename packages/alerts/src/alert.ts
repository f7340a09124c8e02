import type { ToldAlert } from './message.ts';

/**
 * A rule that holds, or held just now, of one subject. Where it does not hold there is no alert: it is inactive.
 * - `pending`: it holds, but not for the rule's `holdMs` yet. Once it does not, it is gone and nobody hears of it.
 * - `firing`: it has held for `holdMs`, and held last less than `keepFiringMs` ago.
 * - `resolved`: it was firing in the step before. In the next step it is inactive.
 *
 * Epochs are milliseconds, UTC, for people. Steady times (see `AlertMemory.steadyMs`) are what is reckoned with.
 */
export interface Alert extends ToldAlert {
  readonly state: 'pending' | 'firing' | 'resolved';
  readonly firedMs: number | undefined;
  readonly resolvedMs: number | undefined;
  /** Steady: since when it has been seen to hold. */
  readonly heldFromMs: number;
  /** Steady: when it was last seen to hold. */
  readonly lastHeldMs: number;
  /** Steady: when it began to fire. */
  readonly firedFromMs: number | undefined;
  /** The id of the incident it belongs to; undefined where nobody is to be told, or not yet. */
  readonly incident: string | undefined;
}

/** One for each rule and subject: the name of a rule has no space. */
export function alertKey({ rule, subject }: Pick<Alert, 'rule' | 'subject'>): string {
  return `${rule} ${subject}`;
}

/** As others are told of it. */
export function toldOf(alert: ToldAlert): ToldAlert {
  const { rule, kind, severity, subject, value, threshold, unit, requests, startedMs, causes } = alert;
  return { rule, kind, severity, subject, value, threshold, unit, requests, startedMs, causes };
}

type Measured = Pick<ToldAlert, 'value' | 'threshold' | 'requests' | 'subject'>;

/** The worst first: by severity, how far past the threshold, how many requests, and last by name, so that it is an order. */
export function worstFirst(one: ToldAlert, other: ToldAlert): number {
  return (
    Number(other.severity === 'critical') - Number(one.severity === 'critical') ||
    furthestFirst(one, other) ||
    (one.rule < other.rule ? -1 : Number(one.rule > other.rule))
  );
}

/** Of what one rule finds the worst. Where tens of thousands are to be looked at, only few of them are put in order. */
export function worstOf<T extends Measured>(found: readonly T[], count: number): readonly T[] {
  if (found.length <= count) return found;
  const least = Float64Array.from(found, excessOf).sort().at(-count) ?? Number.POSITIVE_INFINITY;
  const candidates = count === 0 ? [] : found.filter((each) => excessOf(each) >= least);
  return candidates.sort(furthestFirst).slice(0, count);
}

function furthestFirst(one: Measured, other: Measured): number {
  return (
    excessOf(other) - excessOf(one) ||
    other.requests - one.requests ||
    (one.subject < other.subject ? -1 : Number(one.subject > other.subject))
  );
}

function excessOf({ value, threshold }: Measured): number {
  return threshold > 0 ? value / threshold : value;
}
