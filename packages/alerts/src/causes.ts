import type { Cause } from './reading.ts';

/** What one value of a dimension has of what is bad: of requests that failed or were slow, or of time in microseconds. */
export interface Part {
  readonly value: string;
  readonly bad: number;
  /** How much of it there would be at the rate of the past. */
  readonly expected: number;
  /** What it is to be measured against: its requests, or the time that they should have taken. */
  readonly exposure: number;
  /** Whether the past has not seen it. */
  readonly isNew: boolean;
}

/** A dimension and all its values. */
export interface Dimension {
  readonly dimension: Cause['dimension'];
  readonly parts: readonly Part[];
  /** How bad is chance: standard deviations of a Poisson count, or a share of the exposure. */
  readonly noise: 'counted' | 'timed';
}

export const MAX_CAUSES = 5;

/** Of less than a fifth of the excess nothing is to be learned. */
export const MIN_SHARE = 0.2;

const MIN_DEVIATIONS = 3;
const MIN_RISE_OF_TIME = 0.25;

/** Where all but this share of the exposure is one value's, there is nothing to compare it with. */
const ALONE = 0.01;

/**
 * How telling a dimension is where it carries as much as another: a version that is bad is bad on some endpoint, and
 * with some status, but not the other way round.
 */
const TELLING: Record<Cause['dimension'], number> = {
  user: 1,
  version: 0.99,
  host: 0.95,
  endpoint: 0.9,
  status: 0.6,
};

/** The most telling first, at most five. */
export function ranked(causes: readonly Cause[]): Cause[] {
  return causes
    .filter(({ share }) => share >= MIN_SHARE)
    .sort((a, b) => b.share * TELLING[b.dimension] - a.share * TELLING[a.dimension])
    .slice(0, MAX_CAUSES);
}

/**
 * What explains an excess. A value's share is how much of the excess there would not be if the value were no worse
 * than the other values of its dimension are at the same time: the attributable fraction of epidemiology (M. Levin,
 * "The occurrence of lung cancer in man", Acta Unio Internationalis Contra Cancrum 9, 1953), of what is worse than
 * in the past. So where all hosts are equally bad none explains anything, however much of the traffic it has.
 *
 * A value that has no others beside it explains all where it is new, and nothing where it was there before. A status
 * is a sign rather than a cause, has nothing beside it, and explains what bears it.
 *
 * @param excess of what the alert is about, in the measure of the parts
 */
export function causesOf(dimensions: readonly Dimension[], excess: number): Cause[] {
  return ranked(dimensions.flatMap((dimension) => causesIn(dimension, excess)));
}

function causesIn({ dimension, parts, noise }: Dimension, excess: number): Cause[] {
  const whole = sumOf(parts);
  const rises = parts.reduce((sum, part) => sum + Math.max(0, part.bad - part.expected), 0);
  const causes: Cause[] = [];
  for (const part of parts) {
    if (part.value === '') continue;
    const attributable = dimension === 'status' ? part.bad - part.expected : attributableTo(part, whole);
    if (attributable <= chanceOf(part, whole, noise)) continue;
    const share = Math.min(1, attributable / Math.max(excess, rises));
    causes.push({ dimension, value: part.value, share });
  }
  return causes;
}

type Sum = Pick<Part, 'bad' | 'expected' | 'exposure'>;

function attributableTo(part: Part, whole: Sum): number {
  const rise = part.bad - part.expected;
  const othersExposure = whole.exposure - part.exposure;
  if (othersExposure <= ALONE * whole.exposure) return part.isNew ? rise : 0;
  const othersRise = Math.max(0, whole.bad - whole.expected - rise);
  return rise - (part.exposure * othersRise) / othersExposure;
}

/** What a value has at times though nothing is the matter with it. */
function chanceOf({ exposure }: Part, whole: Sum, noise: Dimension['noise']): number {
  if (noise === 'timed') return MIN_RISE_OF_TIME * exposure;
  return MIN_DEVIATIONS * Math.sqrt(Math.max(1, (exposure / whole.exposure) * whole.bad));
}

function sumOf(parts: readonly Part[]): Sum {
  let [bad, expected, exposure] = [0, 0, 0];
  for (const part of parts) {
    bad += part.bad;
    expected += part.expected;
    exposure += part.exposure;
  }
  return { bad, expected, exposure };
}
