import {
  MAIL_ADDRESS_TEXT,
  MOST_ADDRESSES,
  parseMailAddress,
  parseSmtpUrl,
  SMTP_URL_TEXT,
} from '@tacho/alerts';
import { fields } from './fields-rule.ts';
import { listOf } from './list-rule.ts';
import type { MailOptions } from './mail-options.ts';
import { type Rule, refuse, secret, textRule, valueRule } from './rule.ts';

export const SMTP_URL = textRule(SMTP_URL_TEXT, (text) => parseSmtpUrl(text) !== undefined);

export const MAIL_ADDRESS = textRule(MAIL_ADDRESS_TEXT, (text) => parseMailAddress(text) !== undefined);

const ADDRESSES = listOf(MAIL_ADDRESS, MOST_ADDRESSES);

/** One address, or several. */
const TO: Rule<string | readonly string[]> = {
  read(value, at) {
    if (typeof value !== 'object') return MAIL_ADDRESS.read(value, at);
    const addresses = ADDRESSES.read(value, at);
    return addresses?.length === 0 ? refuse(value, 'one address at least', at) : addresses;
  },
};

const FIELDS = fields<MailOptions>('an object with smtp, from, to, and perhaps allowPlainAuth', {
  smtp: secret(SMTP_URL),
  from: MAIL_ADDRESS,
  to: TO,
  allowPlainAuth: valueRule('true or false', (value) => typeof value === 'boolean'),
});

/** Each of the three that a mail can't be without has to be said. */
export const MAIL: typeof FIELDS = {
  paths: FIELDS.paths,
  read(value, at) {
    const before = at.problems.length;
    const given = FIELDS.read(value, at);
    if (given === undefined || at.problems.length > before) return undefined;
    const missing = (['smtp', 'from', 'to'] as const).filter((name) => given[name] === undefined);
    for (const name of missing)
      refuse(undefined, name === 'smtp' ? SMTP_URL_TEXT : MAIL_ADDRESS_TEXT, {
        ...at,
        path: `${at.path}.${name}`,
      });
    return missing.length === 0 ? given : undefined;
  },
};
