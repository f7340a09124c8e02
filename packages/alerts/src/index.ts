export { type Alert, alertKey, toldOf, worstFirst } from './alert.ts';
export { type AlertMemory, emptyMemory, type Incident, type UnsentMessage } from './alert-memory.ts';
export { type AlertsDeskOptions, alertsDesk } from './alerts-desk.ts';
export type { AlertNow, AlertsDesk, AlertsNow, NotifierStatus, Silence, TestOutcome } from './desk.ts';
export { Evaluation, type EvaluationOptions, type Sender } from './evaluation.ts';
export type { Teller } from './incident-message.ts';
export { type Told, tell } from './incidents.ts';
export { KeptMemory } from './kept-memory.ts';
export { KeptSilences } from './kept-silences.ts';
export { decodeMemory, encodeMemory, type MemoryText } from './memory-text.ts';
export type { AlertMessage, ToldAlert } from './message.ts';
export { type AlertLogEntry, type AlertLogger, logNotifier } from './notify/log.ts';
export { mailNotifier } from './notify/mail.ts';
export {
  MAIL_ADDRESS_TEXT,
  type MailAddress,
  MOST_ADDRESSES,
  parseMailAddress,
} from './notify/mail-address.ts';
export { createMailer, type Mail, type Mailer, type MailSettings } from './notify/mailer.ts';
export { NotSent } from './notify/not-sent.ts';
export type { Notifier } from './notify/notifier.ts';
export { Outbox, type OutboxOptions, type PostOptions } from './notify/outbox.ts';
export type { Posted } from './notify/outbox-line.ts';
export { parseSmtpUrl, SMTP_URL_TEXT, type SmtpServer } from './notify/smtp-url.ts';
export { type WebhookSettings, type WebhookSurroundings, webhookNotifier } from './notify/webhook.ts';
export { WEBHOOK_SECRET_TEXT, webhookKey } from './notify/webhook-signature.ts';
export { webhookUrlRefusal } from './notify/webhook-url.ts';
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
export {
  type CompleteRules,
  completeRules,
  type GivenRules,
  type RuleProblem,
} from './rules/complete-rules.ts';
export { defaultRules } from './rules/default-rules.ts';
export { parseDuration } from './rules/durations.ts';
export type { GivenKind, RuleOptions, SloOptions } from './rules/rule-options.ts';
export { PastMemo } from './signals/past-memo.ts';
export { readRule } from './signals/read-rule.ts';
export { isSilenced } from './silences.ts';
export { MAX_ALERTS_OF_RULE, type RuleReadings, step } from './state.ts';
export { EVALUATE_EVERY_MS } from './watched-time.ts';
