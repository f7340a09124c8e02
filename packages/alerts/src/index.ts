export { type Alert, alertKey, toldOf, worstFirst } from './alert.ts';
export { type AlertMemory, emptyMemory, type Incident, type UnsentMessage } from './alert-memory.ts';
export type { AlertNow, AlertsDesk, AlertsNow, NotifierStatus, Silence, TestOutcome } from './desk.ts';
export type { Teller } from './incident-message.ts';
export { type Told, tell } from './incidents.ts';
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
export { isSilenced } from './silences.ts';
export { MAX_ALERTS_OF_RULE, type RuleReadings, step } from './state.ts';
export { EVALUATE_EVERY_MS } from './watched-time.ts';
