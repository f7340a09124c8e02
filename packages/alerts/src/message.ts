import type { Cause, Reading } from './reading.ts';
import type { RuleKind, Severity } from './rule.ts';

/** An alert, as somebody is told of it. Epochs are milliseconds, UTC. */
export interface ToldAlert extends Pick<Reading, 'subject' | 'value' | 'threshold' | 'unit' | 'requests'> {
  readonly rule: string;
  readonly kind: RuleKind;
  readonly severity: Severity;
  /** When it began to hold. */
  readonly startedMs: number;
  /** The most telling first, at most five. */
  readonly causes: readonly Cause[];
}

/** What a notifier sends: one when an incident begins, one when it is over. */
export interface AlertMessage {
  /** The same for every attempt to send it, and no other's. Printable ASCII without spaces, at most 100. */
  readonly id: string;
  readonly kind: 'firing' | 'resolved' | 'test';
  readonly severity: Severity;
  /** Whose: `service.name`; undefined where it has none. */
  readonly service: string | undefined;
  readonly host: string;
  readonly atMs: number;
  /** When the first of the alerts began to hold. */
  readonly startedMs: number;
  /** The worst first, at most 20. */
  readonly alerts: readonly ToldAlert[];
  /** How many alerts there are past those. */
  readonly more: number;
  /** Of all alerts together, the most telling first, at most five. */
  readonly causes: readonly Cause[];
}
