/** An address as an envelope takes it, and the name that people see. */
export interface MailAddress {
  /** Empty for none. */
  readonly name: string;
  readonly address: string;
}

/** Completes "allowed: …". */
export const MAIL_ADDRESS_TEXT =
  'one address such as "ops@example.com" or "Ops <ops@example.com>", at most 320 characters, no quotes, groups, comments or line ends';

/** Of one mail. */
export const MOST_ADDRESSES = 50;

const MAX_LENGTH = 320;
const MAX_LOCAL = 64;

/** RFC 5322's dot-atom; no quoted local part, which parsers read in more than one way. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** What has a meaning in a list of addresses can't be in a name. */
const NAME = /^[^\p{C}\p{Zl}\p{Zp}"<>@,;:()[\]\\]{1,100}$/u;

/** @returns undefined for what is no single address, in a time that grows with no input */
export function parseMailAddress(text: string): MailAddress | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [, name, within] = /^([^<]*)<([^<>]*)>$/.exec(text) ?? [];
  const address = within ?? text;
  const trimmed = name?.trim() ?? '';
  if (trimmed !== '' && !NAME.test(trimmed)) return undefined;
  return isAddress(address) ? { name: trimmed, address } : undefined;
}

function isAddress(text: string): boolean {
  const at = text.indexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  if (at < 1 || local.length > MAX_LOCAL || domain.length > 253) return false;
  return LOCAL.test(local) && domain.split('.').every((label) => LABEL.test(label));
}
