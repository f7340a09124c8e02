import { CommandError } from '../command-error.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import type { Progress } from './progress.ts';
import type { Sample } from './sample.ts';

/** Where samples are shown as they are taken. */
export interface View {
  /** The first sample shown is an answered one. */
  show(sample: Sample, progress: Progress): void;
  /** Leaves the terminal in the state it was found in; what was shown stays. */
  close(): void;
  /** Aborted where whoever looks on wants no more: with `SEEN_ENOUGH`, or with what the command is to end with. */
  readonly ended?: AbortSignal;
}

/** Whoever looked on asked for the end: the run is over, and has not failed. */
export const SEEN_ENOUGH = new CommandError(EXIT_CODES.ok, '');
