import type { HistoryWindow } from '@tacho/store';

/** What carries the excess that an alert is about. */
export interface Cause {
  readonly dimension: 'endpoint' | 'version' | 'host' | 'status' | 'user';
  /** `METHOD route`, a `service.version`, a host's name, a status code, or a user's pseudonym. */
  readonly value: string;
  /** How much of the excess there would not be if it were no worse than the others: 0 to 1. */
  readonly share: number;
}

/** What a rule found of one subject at one moment. */
export interface Reading {
  /** `METHOD route`; `all` for all endpoints together; `host`. */
  readonly subject: string;
  readonly isBreached: boolean;
  /** In the rule's unit; for degradation, how many times as slow (or failing) as it was. */
  readonly value: number;
  readonly threshold: number;
  readonly unit: 'ms' | 'percent' | 'times';
  /** In the rule's window; 0 where it is not about requests. */
  readonly requests: number;
  /** The most telling first, at most five. Only of a breach. */
  readonly causes: readonly Cause[];
}

/** The past as rules read it: whoever evaluates several rules at one moment reads each range once. */
export interface AlertPast {
  /** @param users whether users are needed, which costs more */
  window(fromMs: number, toMs: number, options?: { readonly users: boolean }): Promise<HistoryWindow>;
}
