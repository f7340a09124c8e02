import type { Cell } from './cell.ts';
import type { Rounds } from './rounds.ts';
import type { Variant } from './variant.ts';

/** A row of the table: medians over the rounds. */
export interface Row {
  readonly name: string;
  readonly label: string;
  readonly cpuMicrosPerRequest: number;
  /** Over the bare app of the same round. */
  readonly addedMicros: { readonly median: number; readonly min: number; readonly max: number };
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
  readonly rssMebibytes: number;
  readonly startMs: number;
  readonly exportedShare: number | undefined;
}

/** @throws Error if the bare app itself was left out: then nothing can be said of the others */
export function summarize({ cells, leftOut }: Rounds<Cell>, bare: Variant): Row[] {
  const baseline = cells.get(bare);
  if (baseline === undefined) throw new Error(`the bare app could not be measured: ${leftOut.get(bare)}`);
  return [...cells].map(([variant, measured]) => {
    const added = measured.map(
      (cell, round) => cell.cpuMicrosPerRequest - baseline[round]!.cpuMicrosPerRequest,
    );
    const over = (figure: (cell: Cell) => number): number => median(measured.map(figure));
    return {
      name: variant.name,
      label: variant.label,
      cpuMicrosPerRequest: over((cell) => cell.cpuMicrosPerRequest),
      addedMicros: { median: median(added), min: Math.min(...added), max: Math.max(...added) },
      p99Ms: over((cell) => cell.p99Ms),
      requestsPerSecond: over((cell) => cell.requestsPerSecond),
      rssMebibytes: over((cell) => cell.rssBytes / 2 ** 20),
      startMs: over((cell) => cell.startMs),
      exportedShare: variant.exportsSpans && over((cell) => cell.exportedShare ?? Number.NaN),
    };
  });
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
