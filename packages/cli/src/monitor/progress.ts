/** Where a run stands. */
export interface Progress {
  /** 1 for the first sample. */
  sample: number;
  samples: number;
  /** Epoch milliseconds, UTC; undefined after the last. */
  nextMs: number | undefined;
}
