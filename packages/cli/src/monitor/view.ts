import type { Progress } from './progress.ts';
import type { Sample } from './sample.ts';

/** Where samples are shown as they are taken. */
export interface View {
  /** The first sample shown is an answered one. */
  show(sample: Sample, progress: Progress): void;
  /** Leaves the terminal in the state it was found in; what was shown stays. */
  close(): void;
}
