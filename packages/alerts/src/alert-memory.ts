import type { Alert } from './alert.ts';
import type { NotifierStatus } from './desk.ts';
import type { AlertMessage, ToldAlert } from './message.ts';
import type { Severity } from './rule.ts';

/** What is told of together. */
export interface Incident {
  /** Its messages' ids begin with it. */
  readonly id: string;
  /** When the first of its alerts began to hold: epoch milliseconds. */
  readonly startedMs: number;
  /** Steady. */
  readonly openedMs: number;
  /** Steady: when an alert last came to it. */
  readonly lastJoinedMs: number;
  /** As what somebody was told of it; undefined where nobody was yet. */
  readonly told: Severity | undefined;
  /** The names of all rules that have been in it. */
  readonly rules: readonly string[];
  /** Of its alerts those that are over, the worst first, at most 20. */
  readonly ended: readonly ToldAlert[];
  /** How many are over past those. */
  readonly endedMore: number;
}

/** A message that not every notifier is known to have sent. */
export interface UnsentMessage {
  readonly message: AlertMessage;
  /** The names of the notifiers that are done with it. */
  readonly doneBy: readonly string[];
}

/**
 * All that is known of alerts between two evaluations, and all that the next one needs: whoever goes on from it, in
 * this process or another, goes on as if nothing had come between.
 */
export interface AlertMemory {
  /** Tells this memory's incidents from any other's. */
  readonly seed: string;
  /** How many incidents there have been. */
  readonly incidentCount: number;
  /** Epoch milliseconds, by the clock of whoever did it. */
  readonly evaluatedMs: number | undefined;
  /** The time that was watched so far, in milliseconds: see `watchedMs`. */
  readonly steadyMs: number;
  /** By `alertKey`. At most 500 of a rule. */
  readonly alerts: ReadonlyMap<string, Alert>;
  /** By rule: how many more subjects it holds of than are tracked. Only where there are some. */
  readonly untracked: ReadonlyMap<string, number>;
  /** Resolved, the latest first: at most 100. */
  readonly recent: readonly Alert[];
  readonly incidents: readonly Incident[];
  /** By rule: when a message was last about it. Steady; only of the last five minutes. */
  readonly toldMs: ReadonlyMap<string, number>;
  /** In the order in which they were made: at most 32. */
  readonly unsent: readonly UnsentMessage[];
  /** As the process that evaluates found them. */
  readonly notifiers: readonly NotifierStatus[];
}

/** Before anything was evaluated. @param seed 8 small letters and digits */
export function emptyMemory(seed: string): AlertMemory {
  return {
    seed,
    incidentCount: 0,
    evaluatedMs: undefined,
    steadyMs: 0,
    alerts: new Map(),
    untracked: new Map(),
    recent: [],
    incidents: [],
    toldMs: new Map(),
    unsent: [],
    notifiers: [],
  };
}
