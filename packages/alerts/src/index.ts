export type { AlertNow, AlertsDesk, AlertsNow, NotifierStatus, Silence, TestOutcome } from './desk.ts';
export type { AlertMessage, ToldAlert } from './message.ts';
export type { Notifier } from './notify/notifier.ts';
export type { AlertPast, Cause, Reading } from './reading.ts';
export type {
  BurnRateRule,
  DegradationRule,
  ErrorRateRule,
  LatencyRule,
  ResourceRule,
  Rule,
  RuleKind,
  Scope,
  Severity,
  SlowRequestRule,
} from './rule.ts';
