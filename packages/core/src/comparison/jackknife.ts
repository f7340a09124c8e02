import { type Estimate, squaredDeviations } from './estimate.ts';

/**
 * Requests that follow each other are not independent, long stretches nearly are; and more stretches than this tell no
 * more of how much a run varies (Schmeiser 1982: 10 to 30).
 */
const MAX_GROUPS = 20;

/** Fewer say too little of how much they vary. */
const MIN_GROUPS = 5;

/**
 * A figure of all moments together, with the variance that leaving out a group of consecutive ones at a time shows: the
 * delete-a-group jackknife (Tukey 1958; Shao & Wu 1989, by whom it holds for trimmed means). Each moment is in one group,
 * all groups have as many, but for one.
 * @param figure finite, unless there is nothing to make it from
 * @returns undefined where it can't be made, or there are too few moments
 */
export function jackknife<T>(
  moments: readonly T[],
  figure: (moments: readonly T[]) => number,
): Estimate | undefined {
  const groups = Math.min(moments.length, MAX_GROUPS);
  if (groups < MIN_GROUPS) return undefined;
  const border = (group: number) => Math.floor((group * moments.length) / groups);
  const without = Array.from({ length: groups }, (_, group) =>
    figure([...moments.slice(0, border(group)), ...moments.slice(border(group + 1))]),
  );
  const value = figure(moments);
  if (![value, ...without].every(Number.isFinite)) return undefined;
  return {
    value,
    variance: (squaredDeviations(without) * (groups - 1)) / groups,
    degreesOfFreedom: groups - 1,
  };
}
