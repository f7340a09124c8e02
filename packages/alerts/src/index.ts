export { type Alert, alertKey, toldOf, worstFirst } from './alert.ts';
export { type AlertMemory, emptyMemory, type Incident, type UnsentMessage } from './alert-memory.ts';
export type { AlertNow, AlertsDesk, AlertsNow, NotifierStatus, Silence, TestOutcome } from './desk.ts';
export type { Teller } from './incident-message.ts';
export { type Told, tell } from './incidents.ts';
export type { AlertMessage, ToldAlert } from './message.ts';
export { type AlertLogEntry, type AlertLogger, logNotifier } from './notify/log.ts';
export { mailNotifier } from './notify/mail.ts';
export { MAIL_ADDRESS_TEXT, type MailAddress, parseMailAddress } from './notify/mail-address.ts';
export { createMailer, type Mail, type Mailer, type MailSettings, MOST_ADDRESSES } from './notify/mailer.ts';
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
export { PastMemo } from './signals/past-memo.ts';
export { readRule } from './signals/read-rule.ts';
export { isSilenced } from './silences.ts';
export { MAX_ALERTS_OF_RULE, type RuleReadings, step } from './state.ts';
export { EVALUATE_EVERY_MS } from './watched-time.ts';
