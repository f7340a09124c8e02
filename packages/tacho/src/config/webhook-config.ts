import type { WebhookSettings } from '@tacho/alerts';
import { describeKind } from './describe-value.ts';
import { type EnvironmentVariables, textOf } from './variables.ts';
import type { WebhookOptions } from './webhook-options.ts';
import { refusalOf, WEBHOOK_SECRET, WEBHOOK_URL_TEXT } from './webhook-rule.ts';

/** Those that are given as options, or else that of the environment. */
export function resolveWebhooks(
  options: readonly WebhookOptions[] | undefined,
  environment: WebhookOptions | undefined,
): readonly WebhookSettings[] {
  const given = options ?? (environment === undefined ? [] : [environment]);
  return Object.freeze(
    given.map(({ url, secret, allowPrivate = false, format = 'slack' }) =>
      Object.freeze({ url, secret, allowPrivate, format }),
    ),
  );
}

/** One that can't be signed as was meant is left out, as its receiver would not take it. Neither is ever shown. */
export function environmentWebhook(
  variables: EnvironmentVariables,
  warn: (line: string) => void,
): WebhookOptions | undefined {
  const url = textOf(variables, 'TACHO_WEBHOOK_URL');
  const secret = textOf(variables, 'TACHO_WEBHOOK_SECRET');
  const told = (line: string): undefined => {
    warn(`${line}. No webhook is called.`);
  };
  if (url === undefined)
    return secret === undefined
      ? undefined
      : told('TACHO_WEBHOOK_SECRET is set, and TACHO_WEBHOOK_URL is not');
  const refusal = refusalOf({ url });
  if (refusal !== undefined)
    return told(`TACHO_WEBHOOK_URL is ${describeKind(url)}; allowed: ${WEBHOOK_URL_TEXT}; ${refusal}`);
  if (secret === undefined) return { url };
  if (WEBHOOK_SECRET.accepts(secret)) return { url, secret };
  return told(`TACHO_WEBHOOK_SECRET is ${describeKind(secret)}; allowed: ${WEBHOOK_SECRET.allowed}`);
}
