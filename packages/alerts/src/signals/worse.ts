import type { EndpointStats } from '@tacho/core';
import { effectiveCount } from './effective-count.ts';
import { leastRise } from './proportions.ts';
import { rankTest } from './rank-test.ts';

/** What was measured of an endpoint, and in how many minutes. */
export interface Sample {
  readonly stats: EndpointStats;
  readonly minutes: number;
}

/** The latest requests of an endpoint, in two halves of time. A disturbance of a minute is in one of them. */
export interface Latest extends Sample {
  readonly halves: readonly EndpointStats[];
}

/** How many times as bad it is as it was. */
export interface Comparison {
  /** 1 where it is as it was; of the half that is the better one. */
  readonly times: number;
  readonly isWorse: boolean;
}

/** As many times as slow is enough to matter, in both halves, if it is also so many milliseconds. */
export const SLOWER_TIMES = 1.5;
const SLOWER_MS = 10;

/** As many times as many server errors are enough to matter, in both halves, if these are also so many of all. */
export const FAILING_TIMES = 2;
const FAILING_SHARE = 0.02;
const FAILING_REQUESTS = 5;

/**
 * Of how many standard errors a difference has to be: by chance there is one in a thousand million. Ten thousand
 * endpoints are compared every 30 seconds, and no more than one comparison in several weeks may be wrong.
 */
const Z = 6;

/** Of the requests that were slowest, and how many times as many there have to be of requests that are as slow. */
const TAIL_SHARE = 0.05;
const TAIL_TIMES = 2;

/**
 * Whether an endpoint is slower than it was: its median or its 95th percentile is, by enough to matter, and chance can't
 * have done it. Of that the rank test is to judge, which looks at all times; and where most requests are as fast as they were,
 * whether more than before are as slow as the slowest 5 % were.
 */
export function slowdownOf(now: Latest, before: Sample): Comparison {
  const times = Math.max(
    slowerTimes(now.halves, before.stats, 0.5),
    slowerTimes(now.halves, before.stats, 0.95),
  );
  const isWorse = times >= SLOWER_TIMES && isSlowerBeyondChance(now, before);
  return { times, isWorse };
}

/** Whether an endpoint answers with more server errors than it did, by enough to matter, and not by chance. */
export function failureRiseOf(now: Latest, before: Sample): Comparison {
  const usual = failingShare(before.stats);
  const least = Math.min(...now.halves.map(failingShare));
  const times = least / Math.max(usual, 1 / before.stats.count);
  const isMore =
    times >= FAILING_TIMES && least - usual >= FAILING_SHARE && now.stats.serverErrors >= FAILING_REQUESTS;
  return { times, isWorse: isMore && isRise(now, before, failingShare) };
}

/** 1 where it is slower by too few milliseconds. */
function slowerTimes(halves: readonly EndpointStats[], before: EndpointStats, q: number): number {
  const usualMs = before.quantileMs(q);
  const leastMs = Math.min(...halves.map((half) => half.quantileMs(q)));
  return leastMs - usualMs >= SLOWER_MS ? leastMs / usualMs : Math.min(1, leastMs / usualMs);
}

function isSlowerBeyondChance(now: Latest, before: Sample): boolean {
  const sizes = { now: sizeOf(now), before: sizeOf(before) };
  if (rankTest(now.stats.sketch, before.stats.sketch, sizes).z >= Z) return true;
  const tailMs = before.stats.sketch.quantile(1 - TAIL_SHARE);
  const tailShare = (stats: EndpointStats) => stats.sketch.countOver(tailMs) / stats.count;
  const isLonger = now.halves.every((half) => tailShare(half) >= TAIL_TIMES * TAIL_SHARE);
  return isLonger && isRise(now, before, tailShare);
}

function isRise(now: Latest, before: Sample, shareOf: (stats: EndpointStats) => number): boolean {
  const share = { share: shareOf(now.stats), size: sizeOf(now) };
  return leastRise(share, { share: shareOf(before.stats), size: sizeOf(before) }, Z) > 0;
}

function sizeOf({ stats, minutes }: Sample): number {
  return effectiveCount(stats.count, minutes);
}

function failingShare({ count, serverErrors }: EndpointStats): number {
  return serverErrors / count;
}
