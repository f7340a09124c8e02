/** How the service of a run is configured. */
export interface Settings {
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a run is to do, as JSON in its first argument. */
export interface Plan {
  /** Empty, and the run's own. */
  readonly folder: string;
  readonly settings: Settings;
  /** Tries every so many-th call, from the one of this number on. */
  readonly every: number;
  readonly from: number;
  /** A part of the places to try; all unless given. */
  readonly only?: string;
}

export type Phase = 'when loaded' | 'set up and shut down' | 'serving' | 'as time passes' | 'when asked';

/** One fault that occurred, and what came of it that should not have. */
export interface Tried {
  readonly phase: Phase;
  readonly at: string;
  readonly callee: string;
  readonly mode: string;
  readonly troubles: readonly string[];
}

/** What a run prints, as JSON. */
export interface Outcome {
  readonly tried: readonly Tried[];
  /** Places at which something outside is called, as far as the run has come to them; and all calls there are. */
  readonly reached: number;
  readonly sites: number;
  /** How many places fewer are reached as time passes than before the faults. */
  readonly deadLoops: number;
  /** What went wrong beside the faults. */
  readonly troubles: readonly string[];
}
