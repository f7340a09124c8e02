import { errorCount, type Run, requestCount } from './slice.ts';
import { tQuantile } from './student-t.ts';

/** By how much the share of failed requests has risen, −1 to 1. */
export interface ErrorIncrease {
  readonly share: number;
  /** The ends of the confidence interval. */
  readonly low: number;
  readonly high: number;
}

interface Share {
  readonly share: number;
  /** Independent requests' worth. */
  readonly requests: number;
}

/** Student's t is the normal distribution there. */
const NORMAL = 1e9;

/**
 * How much greater the share of failed requests is, with an interval that holds the truth with so much confidence: the
 * hybrid score interval for the difference of two proportions (Newcombe 1998, method 10). Failures come in crowds, so
 * requests count for no more than slices show them to be worth (the design effect of Rao & Scott 1992).
 * @param baseline all runs of that side together, as `current` is of the other
 * @returns undefined where a side has no request
 */
export function errorIncrease(baseline: Run, current: Run, confidence: number): ErrorIncrease | undefined {
  const before = shareOf(baseline);
  const now = shareOf(current);
  if (before.requests === 0 || now.requests === 0) return undefined;
  const z = tQuantile(confidence, NORMAL);
  const [beforeLow, beforeHigh] = scoreInterval(before, z);
  const [nowLow, nowHigh] = scoreInterval(now, z);
  const share = now.share - before.share;
  return {
    share,
    low: share - Math.hypot(now.share - nowLow, beforeHigh - before.share),
    high: share + Math.hypot(nowHigh - now.share, before.share - beforeLow),
  };
}

/** Wilson's score interval (1927). */
function scoreInterval({ share, requests }: Share, z: number): [low: number, high: number] {
  const middle = share + z ** 2 / (2 * requests);
  const halfWidth = z * Math.sqrt((share * (1 - share)) / requests + (z / (2 * requests)) ** 2);
  const scale = 1 + z ** 2 / requests;
  return [Math.max(0, (middle - halfWidth) / scale), Math.min(1, (middle + halfWidth) / scale)];
}

function shareOf(run: Run): Share {
  const requests = requestCount(run);
  if (requests === 0) return { share: 0, requests };
  const share = errorCount(run) / requests;
  return { share, requests: requests / designEffect(run, share, requests) };
}

/** How many times greater the variance of the share is than if requests were independent; at the least 1. */
function designEffect(run: Run, share: number, requests: number): number {
  const slices = run.length;
  if (slices < 2 || share === 0 || share === 1) return 1;
  const squares = run.reduce((sum, { errors, count }) => sum + (errors - share * count) ** 2, 0);
  const variance = ((slices / (slices - 1)) * squares) / requests ** 2;
  return Math.max(1, variance / ((share * (1 - share)) / requests));
}
