import type { ToldAlert } from './message.ts';
import type { Rule } from './rule.ts';

/** An alert as it is now. Epochs are milliseconds, UTC. */
export interface AlertNow extends ToldAlert {
  /** `pending`: it holds, but not for long enough yet. `resolved`: it held no more, and stays in the list for a while. */
  readonly state: 'pending' | 'firing' | 'resolved';
  readonly firedMs: number | undefined;
  readonly resolvedMs: number | undefined;
  readonly isSilenced: boolean;
}

/** What is not to be told for a while. An alert is silenced where everything that is given fits it. */
export interface Silence {
  /** 12 small letters and digits. */
  readonly id: string;
  /** A rule's name; undefined for all. */
  readonly rule: string | undefined;
  /** A subject: `METHOD route`, `all` or `host`; undefined for all. */
  readonly subject: string | undefined;
  readonly startedMs: number;
  readonly untilMs: number;
  /** Whose: the identity's name. */
  readonly by: string;
  /** At most 200 characters. */
  readonly comment: string;
}

export interface AlertsNow {
  /** When the rules were last evaluated, by whichever process; undefined before the first time. */
  readonly evaluatedMs: number | undefined;
  /** Pending and firing, the worst first. */
  readonly active: readonly AlertNow[];
  /** Resolved, the latest first: at most 100. */
  readonly recent: readonly AlertNow[];
  readonly silences: readonly Silence[];
  readonly rules: readonly Rule[];
  readonly notifiers: readonly NotifierStatus[];
}

export interface NotifierStatus {
  readonly name: string;
  /** Of the process that evaluates; undefined where it has not sent anything yet. */
  readonly lastSentMs: number | undefined;
  /** Why the last message could not be sent; undefined where it could. */
  readonly failure: string | undefined;
}

export interface TestOutcome {
  readonly notifier: string;
  /** Undefined where it was sent. */
  readonly failure: string | undefined;
}

/** What the admin API does with alerts; any process of those that share a store may be asked. Rejects as `State` does. */
export interface AlertsDesk {
  now(): Promise<AlertsNow>;
  /** @returns undefined where there are 100 silences already */
  silence(silence: Omit<Silence, 'id' | 'startedMs'>): Promise<Silence | undefined>;
  /** @returns whether there was one of that id */
  unsilence(id: string): Promise<boolean>;
  /** Sends a test message by every notifier that is configured, at most 10 s each, all at once. */
  test(): Promise<readonly TestOutcome[]>;
}
