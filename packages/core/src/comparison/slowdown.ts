import { type Part, partMeanMs } from './distribution.ts';
import { added, difference, type Estimate, mean, squaredDeviations } from './estimate.ts';
import { jackknife } from './jackknife.ts';
import { sideBySide } from './side-by-side.ts';
import { mergedBuckets, type Run, requestCount } from './slice.ts';
import { tQuantile } from './student-t.ts';

/** A run of what is compared with, and one of what is to be judged. */
export interface RunPair {
  readonly baseline: Run;
  readonly current: Run;
}

/** By what factor times are longer: 1 for no change, 1.1 for 10 % more. */
export interface Slowdown {
  readonly factor: number;
  /** The ends of the confidence interval. */
  readonly low: number;
  readonly high: number;
}

/** How much two runs of one build differ by nothing but where and when they ran. */
interface BetweenRuns {
  /** Standard deviation of the logarithm of their ratio. */
  readonly deviation: number;
  /** Of how many pairs' worth this knowledge is. */
  readonly degreesOfFreedom: number;
}

/** Measured: see docs/check.md, "What runs differ by". */
const SIDE_BY_SIDE: BetweenRuns = { deviation: 0.01, degreesOfFreedom: 8 };
const APART: BetweenRuns = { deviation: 0.1, degreesOfFreedom: 8 };

/** Of the part, on either side: the mean of fewer is chance. */
const MIN_REQUESTS = 10;

/**
 * How much slower a part of the requests has become, the typical ones or the fast ones, with an interval that holds the
 * truth with so much confidence.
 *
 * Requests are no repetitions, nor are the slices of one run: another run of the same build differs by more than chance
 * within a run explains, so that the highest level that was repeated decides (Kalibera & Jones 2013, "Rigorous
 * benchmarking in reasonable time"). Each pair of runs gives one figure, the difference of the logarithms of their times;
 * its variance within the pair is by slices, taken together where the two were measured side by side. By how much pairs differ is
 * known from earlier measurements as well as from these, and weighed by degrees of freedom (the moderated t of Smyth
 * 2004): so one pair is enough for an answer, and many outweigh what was known before.
 *
 * Exchanging baseline and current turns the interval around; times in another unit change nothing.
 * @param confidence from 0 to 1, without the ends
 * @returns undefined where a run has too few requests or slices
 */
export function slowdown(pairs: readonly RunPair[], part: Part, confidence: number): Slowdown | undefined {
  const figures = pairs.map((pair) => pairFigure(pair, part));
  if (figures.length === 0 || figures.includes(undefined)) return undefined;
  const { value, variance, degreesOfFreedom } = joinedFigure(figures as PairFigure[]);
  const halfWidth = tQuantile(confidence, degreesOfFreedom) * Math.sqrt(variance);
  return {
    factor: Math.exp(value),
    low: Math.exp(value - halfWidth),
    high: Math.exp(value + halfWidth),
  };
}

interface PairFigure {
  readonly within: Estimate;
  readonly between: BetweenRuns;
}

function pairFigure({ baseline, current }: RunPair, part: Part): PairFigure | undefined {
  if ([baseline, current].some((run) => requestCount(run) * (part.to - part.from) < MIN_REQUESTS))
    return undefined;
  const logarithm = (slices: Run) => Math.log(partMeanMs(mergedBuckets(slices), part));
  const moments = sideBySide(baseline, current);
  if (moments === undefined) {
    const [before, now] = [jackknife(baseline, logarithm), jackknife(current, logarithm)];
    return before && now && { within: difference(now, before), between: APART };
  }
  const within = jackknife(
    moments,
    (some) => logarithm(some.map((each) => each.current)) - logarithm(some.map((each) => each.baseline)),
  );
  return within && { within, between: SIDE_BY_SIDE };
}

/** The mean over pairs, by what is known before of the variance of one pair and what these pairs add to it. */
function joinedFigure(figures: readonly PairFigure[]): Estimate {
  const values = figures.map(({ within }) => within.value);
  const expected = expectedVariance(figures);
  const degreesOfFreedom = expected.degreesOfFreedom + figures.length - 1;
  const ofOnePair =
    (expected.degreesOfFreedom * expected.variance + squaredDeviations(values)) / degreesOfFreedom;
  return { value: mean(values), variance: ofOnePair / figures.length, degreesOfFreedom };
}

function expectedVariance(figures: readonly PairFigure[]): Omit<Estimate, 'value'> {
  return added(
    {
      variance: mean(figures.map(({ between }) => between.deviation ** 2)),
      degreesOfFreedom: mean(figures.map(({ between }) => between.degreesOfFreedom)),
    },
    {
      variance: mean(figures.map(({ within }) => within.variance)),
      degreesOfFreedom: figures.reduce((sum, { within }) => sum + within.degreesOfFreedom, 0),
    },
  );
}
