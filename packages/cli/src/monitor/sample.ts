import type { Reports } from './reports.ts';

/** One look at the service: what it answered, or why it did not. */
export type Sample = AnsweredSample | MissedSample;

export interface AnsweredSample {
  /** Epoch milliseconds, UTC. */
  timestampMs: number;
  reports: Reports;
}

export interface MissedSample {
  /** Epoch milliseconds, UTC. */
  timestampMs: number;
  missed: string;
}

export function isMissed(sample: Sample): sample is MissedSample {
  return 'missed' in sample;
}
