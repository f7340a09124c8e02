import type { GivenRules } from '@tacho/alerts';
import type { ReviewPeriod } from '@tacho/core';
import { terminalText } from '../terminal-text.ts';
import { describeValue } from './describe-value.ts';
import { DISABLING_VARIABLES } from './disabled.ts';
import { encryptionKeys } from './environment-keys.ts';
import { environmentRules } from './environment-rules.ts';
import { AUTO } from './instrumentations-rule.ts';
import { environmentMail } from './mail-config.ts';
import type { MailOptions } from './mail-options.ts';
import { ALLOWED_HOST, MAX_NAMES, TRUSTED_PROXY } from './network-rules.ts';
import { HOST, HTTP, MAX_STORE_BYTES, PORT, SERVICE_NAME, STORE, TRACES } from './option-rules.ts';
import { REPORT_PERIOD } from './reports-rule.ts';
import { RETENTION } from './retention-rule.ts';
import type { ValueRule } from './rule.ts';
import { suggest } from './suggest.ts';
import { MAX_TOKENS, TOKEN } from './token-rules.ts';
import { type EnvironmentVariables, flagOf, partsOf, textOf } from './variables.ts';
import { environmentWebhook } from './webhook-config.ts';
import type { WebhookOptions } from './webhook-options.ts';

/** What the environment sets; undefined where it does not, or not to something allowed. */
export interface EnvironmentSettings {
  readonly serviceName: string | undefined;
  readonly serviceVersion: string | undefined;
  readonly traces: 'on' | 'off' | undefined;
  readonly http: 'lean' | 'standard' | undefined;
  readonly instrumentations: 'auto' | undefined;
  readonly adminPort: number | undefined;
  readonly adminHost: string | undefined;
  /** Undefined rather than empty, as are the lists below it. */
  readonly adminTokens: readonly string[] | undefined;
  readonly viewerTokens: readonly string[] | undefined;
  readonly adminAllowedHosts: readonly string[] | undefined;
  readonly adminTrustedProxies: readonly string[] | undefined;
  readonly store: string | undefined;
  readonly retentionDays: number | undefined;
  readonly maxStoreBytes: number | undefined;
  /** `refused` where there is one that can't be taken: no key at all would mean that nothing is encrypted. */
  readonly encryptionKeys: readonly Uint8Array[] | 'refused' | undefined;
  readonly mail: MailOptions | undefined;
  readonly reports: readonly ReviewPeriod[] | undefined;
  readonly webhook: WebhookOptions | undefined;
  readonly alertRules: GivenRules | undefined;
  /** One line for each variable that is wrong. */
  readonly warnings: readonly string[];
}

type Warn = (line: string) => void;

export const OWN_NAMES = [
  'TACHO_ADMIN_ALLOWED_HOSTS',
  'TACHO_ADMIN_HOST',
  'TACHO_ADMIN_PORT',
  'TACHO_ADMIN_TOKEN',
  'TACHO_ADMIN_TRUSTED_PROXIES',
  'TACHO_ALERT_RULES',
  'TACHO_DISABLED',
  'TACHO_ENCRYPTION_KEY',
  'TACHO_ENCRYPTION_KEY_FILE',
  'TACHO_HTTP',
  'TACHO_INSTRUMENTATIONS',
  'TACHO_MAIL_FROM',
  'TACHO_MAIL_TO',
  'TACHO_MAX_STORE_BYTES',
  'TACHO_REPORTS',
  'TACHO_RETENTION_DAYS',
  'TACHO_SMTP_URL',
  'TACHO_STORE',
  'TACHO_TRACES',
  'TACHO_VIEWER_TOKEN',
  'TACHO_WEBHOOK_SECRET',
  'TACHO_WEBHOOK_URL',
];

/** Never throws: what is wrong is left out and told in `warnings`. Empty counts as unset. */
export function readEnvironment(variables: EnvironmentVariables): EnvironmentSettings {
  const warnings: string[] = [];
  const warn: Warn = (line) => warnings.push(line);
  const settings = {
    serviceName: value(variables, 'OTEL_SERVICE_NAME', SERVICE_NAME, warn),
    serviceVersion: serviceVersion(variables),
    traces: value(variables, 'TACHO_TRACES', TRACES, warn),
    http: value(variables, 'TACHO_HTTP', HTTP, warn),
    instrumentations: value(variables, 'TACHO_INSTRUMENTATIONS', AUTO, warn),
    adminPort: wholeNumber(variables, 'TACHO_ADMIN_PORT', PORT, warn),
    adminHost: value(variables, 'TACHO_ADMIN_HOST', HOST, warn),
    ...tokens(variables, warn),
    adminAllowedHosts: list(variables, 'TACHO_ADMIN_ALLOWED_HOSTS', ALLOWED_HOST, warn),
    adminTrustedProxies: list(variables, 'TACHO_ADMIN_TRUSTED_PROXIES', TRUSTED_PROXY, warn),
    store: value(variables, 'TACHO_STORE', STORE, warn),
    retentionDays: wholeNumber(variables, 'TACHO_RETENTION_DAYS', RETENTION, warn),
    maxStoreBytes: wholeNumber(variables, 'TACHO_MAX_STORE_BYTES', MAX_STORE_BYTES, warn),
    encryptionKeys: encryptionKeys(variables, warn),
    mail: environmentMail(variables, warn),
    reports: list(variables, 'TACHO_REPORTS', REPORT_PERIOD, warn),
    webhook: environmentWebhook(variables, warn),
    alertRules: environmentRules(variables, warn),
    warnings,
  };
  for (const name of DISABLING_VARIABLES) checkFlag(variables, name, warn);
  warnMisspelled(variables, warn);
  return settings;
}

function value<T>(
  variables: EnvironmentVariables,
  name: string,
  rule: ValueRule<T>,
  warn: Warn,
): T | undefined {
  const text = textOf(variables, name);
  if (text === undefined || rule.accepts(text)) return text;
  return leftOut(name, text, rule.allowed, warn);
}

/** Decimal digits alone: no sign, no exponent, no other notation. */
function wholeNumber(
  variables: EnvironmentVariables,
  name: string,
  rule: ValueRule<number>,
  warn: Warn,
): number | undefined {
  const text = textOf(variables, name);
  if (text === undefined) return undefined;
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
  return rule.accepts(number) ? number : leftOut(name, text, rule.allowed, warn);
}

/** As the OpenTelemetry specification has it: `key=value,…`, percent-encoded. OpenTelemetry says what is wrong with it. */
function serviceVersion(variables: EnvironmentVariables): string | undefined {
  const attributes = textOf(variables, 'OTEL_RESOURCE_ATTRIBUTES')?.split(',') ?? [];
  const version = attributes
    .map((attribute) => /^\s*service\.version\s*=\s*(.*?)\s*$/.exec(attribute)?.[1])
    .find((found) => found !== undefined);
  try {
    const decoded = decodeURIComponent(version ?? '');
    return SERVICE_NAME.accepts(decoded) ? decoded : undefined;
  } catch {
    return undefined;
  }
}

function checkFlag(variables: EnvironmentVariables, name: string, warn: Warn): void {
  const text = textOf(variables, name);
  if (text !== undefined && flagOf(variables, name) === undefined)
    leftOut(name, text, 'true, 1, false or 0', warn);
}

/** A token that opens for a viewer what it opens for an administrator is the administrator's. */
function tokens(
  variables: EnvironmentVariables,
  warn: Warn,
): Pick<EnvironmentSettings, 'adminTokens' | 'viewerTokens'> {
  const adminTokens = tokensOf(variables, 'TACHO_ADMIN_TOKEN', warn);
  const viewerTokens = tokensOf(variables, 'TACHO_VIEWER_TOKEN', warn)?.filter(
    (token) => !adminTokens?.includes(token),
  );
  return { adminTokens, viewerTokens };
}

/** Only the tokens that are wrong are left out; none is ever shown. */
function tokensOf(variables: EnvironmentVariables, name: string, warn: Warn): readonly string[] | undefined {
  const given = partsOf(variables, name);
  const allowed = given.filter((token) => TOKEN.accepts(token)).slice(0, MAX_TOKENS);
  const wrong = given.length - allowed.length;
  if (wrong > 0)
    warn(
      `${name} has ${wrong} of ${given.length} tokens that can't be taken; allowed: at most ${MAX_TOKENS}, ` +
        `separated by commas, each ${TOKEN.allowed}. They are left out.`,
    );
  return allowed.length === 0 ? undefined : allowed;
}

/** Several values, separated by commas. Only those that are wrong are left out, and the first of them is shown. */
function list<T extends string>(
  variables: EnvironmentVariables,
  name: string,
  rule: ValueRule<T>,
  warn: Warn,
): readonly T[] | undefined {
  const given = partsOf(variables, name);
  const allowed = given.filter((part): part is T & string => rule.accepts(part)).slice(0, MAX_NAMES);
  const wrong = given.find((part) => !rule.accepts(part)) ?? given[MAX_NAMES];
  if (wrong !== undefined)
    warn(
      `${name} has ${describeValue(wrong)} in it; allowed: at most ${MAX_NAMES}, separated by commas, each ` +
        `${rule.allowed}. What is wrong is left out.`,
    );
  return allowed.length === 0 ? undefined : allowed;
}

/** A name of ours with a slip in it would otherwise do nothing, and say nothing. */
function warnMisspelled(variables: EnvironmentVariables, warn: Warn): void {
  for (const name of Object.keys(variables)) {
    if (!name.startsWith('TACHO_') || OWN_NAMES.includes(name)) continue;
    const meant = suggest(name, OWN_NAMES);
    if (meant !== undefined) warn(`${terminalText(name)} is unknown; did you mean ${meant}? It is left out.`);
  }
}

function leftOut(name: string, text: string, allowed: string, warn: Warn): undefined {
  warn(`${name} is ${describeValue(text)}; allowed: ${allowed}. It is left out.`);
}
