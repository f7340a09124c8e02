import { install } from './install.ts';
import type { App, Variant } from './variant.ts';

/** What each variant showed, a cell a round; and why some showed nothing. */
export interface Rounds<T> {
  readonly cells: ReadonlyMap<Variant, readonly T[]>;
  readonly leftOut: ReadonlyMap<Variant, string>;
}

/**
 * Measures every variant once a round, each round in another order: begun one variant later than the one before, so
 * that none always comes first or always after the same. One that fails is left out from then on.
 */
export async function inRounds<T>(
  variants: readonly Variant[],
  { rounds, app }: { readonly rounds: number; readonly app: App },
  measure: (variant: Variant) => Promise<T>,
): Promise<Rounds<T>> {
  const leftOut = unmeasurable(variants, app);
  const cells = new Map<Variant, T[]>();
  for (let round = 0; round < rounds; round++) {
    const order = variants.map((_, index) => variants[(index + round) % variants.length]!);
    for (const variant of order) {
      if (leftOut.has(variant)) continue;
      process.stderr.write(`round ${round + 1} of ${rounds}: ${variant.name} … `);
      try {
        const cell = await measure(variant);
        cells.set(variant, [...(cells.get(variant) ?? []), cell]);
        process.stderr.write('done\n');
      } catch (thrown) {
        leftOut.set(variant, reason(thrown));
        cells.delete(variant);
        process.stderr.write(`failed: ${reason(thrown)}\n`);
      }
    }
  }
  return { cells, leftOut };
}

function unmeasurable(variants: readonly Variant[], app: App): Map<Variant, string> {
  const leftOut = new Map<Variant, string>();
  const missing = new Map<string, string | undefined>();
  for (const variant of variants) {
    const { apps, peers } = variant;
    if (apps?.includes(app) === false) {
      leftOut.set(variant, `it measures ${apps.join(' and ')} only`);
    } else if (peers !== undefined) {
      if (!missing.has(peers)) missing.set(peers, install(peers));
      const why = missing.get(peers);
      if (why !== undefined) leftOut.set(variant, why);
    }
  }
  return leftOut;
}

/** One line: of a process that ended at once, what it said was wrong. */
function reason(thrown: unknown): string {
  const lines = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n');
  return lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines[0] ?? '';
}
