const TIMES_LONGER = 16;
const RUNS = 30;

/**
 * How many times longer `run` takes for a text 16 times as long, the best of several runs each: about 16
 * where it is linear, and 256 where it is quadratic.
 *
 * @param textOf makes a text of about so many characters
 */
export function growth(textOf: (length: number) => string, run: (text: string) => unknown): number {
  const short = textOf(15_000);
  const long = textOf(15_000 * TIMES_LONGER);
  return (
    bestMs(() => run(long)) /
    Math.max(
      bestMs(() => run(short)),
      1e-3,
    )
  );
}

/** Well above what caches and clocks add to linear growth, and as far below quadratic growth. */
export const LINEAR = 80;

function bestMs(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < RUNS; i++) {
    const before = performance.now();
    run();
    best = Math.min(best, performance.now() - before);
  }
  return best;
}
