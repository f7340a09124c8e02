import { type MailSettings, MOST_ADDRESSES, parseSmtpUrl } from '@tacho/alerts';
import { describeKind, describeValue } from './describe-value.ts';
import type { MailOptions } from './mail-options.ts';
import { MAIL_ADDRESS, SMTP_URL } from './mail-rule.ts';
import type { ValueRule } from './rule.ts';
import { type EnvironmentVariables, partsOf, textOf } from './variables.ts';

/** @returns undefined where no mail is sent. Never with half of each: what is given as an option is all there is. */
export function resolveMail(
  options: MailOptions | undefined,
  environment: MailOptions | undefined,
): MailSettings | undefined {
  const given = options ?? environment;
  if (given === undefined) return undefined;
  const server = parseSmtpUrl(given.smtp);
  if (server === undefined) return undefined;
  const to = typeof given.to === 'string' ? [given.to] : given.to;
  return Object.freeze({
    server: Object.freeze(server),
    from: given.from,
    to: Object.freeze([...to]),
    allowPlainAuth: given.allowPlainAuth ?? false,
  });
}

/**
 * All three variables or nothing. One line tells what is wrong with one of them; the server's URL, with the password in
 * it, is never shown.
 */
export function environmentMail(
  variables: EnvironmentVariables,
  warn: (line: string) => void,
): MailOptions | undefined {
  const smtp = textOf(variables, 'TACHO_SMTP_URL');
  const from = textOf(variables, 'TACHO_MAIL_FROM');
  const to = partsOf(variables, 'TACHO_MAIL_TO');
  if (smtp === undefined && from === undefined && to.length === 0) return undefined;
  const told = (name: string, seen: string, { allowed }: ValueRule<string>): undefined => {
    warn(`${name} is ${seen}; allowed: ${allowed}. No mail is sent.`);
  };
  if (!SMTP_URL.accepts(smtp)) return told('TACHO_SMTP_URL', shown(smtp, describeKind), SMTP_URL);
  if (!MAIL_ADDRESS.accepts(from)) return told('TACHO_MAIL_FROM', shown(from, describeValue), MAIL_ADDRESS);
  const wrong = to.find((address) => !MAIL_ADDRESS.accepts(address)) ?? to[MOST_ADDRESSES];
  if (wrong === undefined && to.length > 0) return { smtp, from, to };
  warn(
    `TACHO_MAIL_TO ${wrong === undefined ? 'is not set' : `has ${describeValue(wrong)} in it`}; allowed: at most ` +
      `${MOST_ADDRESSES}, separated by commas, each ${MAIL_ADDRESS.allowed}. No mail is sent.`,
  );
  return undefined;
}

function shown(text: string | undefined, describe: (text: string) => string): string {
  return text === undefined ? 'not set' : describe(text);
}
