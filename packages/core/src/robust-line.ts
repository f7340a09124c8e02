/** A point of a line: where, and how much. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A straight line through points, and between which slopes it may lie. */
export interface RobustLine {
  readonly slope: number;
  /** At x = 0. */
  readonly intercept: number;
  /** The bounds of 95 % confidence. */
  readonly lowestSlope: number;
  readonly highestSlope: number;
}

const Z_95 = 1.96;

/** With fewer points, no order of them is unlikely enough to be called a trend. */
const FEWEST_POINTS = 5;

/**
 * The line of Theil ("A rank-invariant method of linear and polynomial regression analysis", 1950) and Sen ("Estimates
 * of the regression coefficient based on Kendall's tau", 1968): the median of the slopes between all pairs of points,
 * which a quarter of them may be wrong about. The bounds are Sen's, of ranks. n points make n²/2 slopes.
 *
 * @param points each with an x of its own; for at most some hundreds
 * @returns undefined for fewer than five
 */
export function robustLine(points: readonly Point[]): RobustLine | undefined {
  const n = points.length;
  if (n < FEWEST_POINTS) return undefined;
  const slopes = slopesOf(points).sort((a, b) => a - b);
  const slope = median(slopes);
  const intercept = median(points.map(({ x, y }) => y - slope * x).sort((a, b) => a - b));
  const spread = Z_95 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
  const beyond = Math.max(0, Math.floor((slopes.length - spread) / 2));
  return {
    slope,
    intercept,
    lowestSlope: slopes[beyond]!,
    highestSlope: slopes[slopes.length - 1 - beyond]!,
  };
}

function slopesOf(points: readonly Point[]): number[] {
  return points.flatMap((a, index) => points.slice(index + 1).map((b) => (b.y - a.y) / (b.x - a.x)));
}

/** @param sorted not empty */
export function median(sorted: readonly number[]): number {
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}
