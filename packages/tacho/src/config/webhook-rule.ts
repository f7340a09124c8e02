import { WEBHOOK_SECRET_TEXT, webhookKey, webhookUrlRefusal } from '@tacho/alerts';
import { fields } from './fields-rule.ts';
import { elementsOf } from './list-rule.ts';
import { oneOf, type Rule, refuse, secret, textRule, valueRule } from './rule.ts';
import type { WebhookOptions } from './webhook-options.ts';

export const WEBHOOK_URL_TEXT =
  "an https URL of a public host, without user and password, on port 443 or on one from 1024 on that is no database's";

export const WEBHOOK_SECRET = textRule(WEBHOOK_SECRET_TEXT, (text) => webhookKey(text) !== undefined);

const MOST = 10;

const URL_TEXT = secret(valueRule(WEBHOOK_URL_TEXT, (value): value is string => typeof value === 'string'));

const FIELDS = fields<WebhookOptions>('an object with url, and perhaps secret, allowPrivate, format', {
  url: URL_TEXT,
  secret: secret(WEBHOOK_SECRET),
  allowPrivate: valueRule('true or false', (value) => typeof value === 'boolean'),
  format: oneOf('slack', 'json'),
});

const WEBHOOK: Rule<WebhookOptions> = {
  read(value, at) {
    const before = at.problems.length;
    const given = FIELDS.read(value, at);
    if (given === undefined || at.problems.length > before) return undefined;
    const refusal = given.url === undefined ? undefined : refusalOf(given);
    if (given.url !== undefined && refusal === undefined) return given;
    const allowed = refusal === undefined ? WEBHOOK_URL_TEXT : `${WEBHOOK_URL_TEXT}; ${refusal}`;
    return refuse(given.url, allowed, { ...at, path: `${at.path}.url`, secret: true });
  },
};

/** At most ten webhooks. */
export const WEBHOOKS = elementsOf(
  WEBHOOK,
  MOST,
  `an array of at most ${MOST}, each an object with url, and perhaps secret, allowPrivate, format`,
);

/** What is wrong with a webhook's URL, in words that have nothing of it; undefined where nothing is. */
export function refusalOf({ url, allowPrivate = false }: WebhookOptions): string | undefined {
  const refusal = webhookUrlRefusal(url, allowPrivate);
  if (refusal === undefined) return undefined;
  const isOpenable = !allowPrivate && webhookUrlRefusal(url, true) === undefined;
  return `this one ${refusal}${isOpenable ? ', which allowPrivate opens' : ''}`;
}
