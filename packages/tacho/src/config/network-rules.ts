import { isIP } from 'node:net';
import { listOf } from './list-rule.ts';
import { isHostName } from './option-rules.ts';
import { textRule } from './rule.ts';

export const MAX_NAMES = 100;

/** Everybody, `/0`, is no proxy: any client could then say that it is another. */
export const TRUSTED_PROXY = textRule(
  'an IP address, or a network such as "10.0.0.0/8" or "fd00::/8"',
  isAddressOrNetwork,
);

export const ALLOWED_HOST = textRule(
  'a host name or an IP address, perhaps with a port; or *. and a host name',
  isHostPattern,
);

export const ALLOWED_ORIGIN = textRule(
  'an origin such as "https://ops.example.com": http or https, in small letters, without a path',
  isOrigin,
);

export const TRUSTED_PROXIES = listOf(TRUSTED_PROXY, MAX_NAMES);
export const ALLOWED_HOSTS = listOf(ALLOWED_HOST, MAX_NAMES);
export const ALLOWED_ORIGINS = listOf(ALLOWED_ORIGIN, MAX_NAMES);

function isAddressOrNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

function isHostPattern(text: string): boolean {
  if (isIP(text) !== 0) return !text.includes('%');
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return false;
  if (host.startsWith('[')) return isIP(host.slice(1, -1)) === 6 && !host.includes('%');
  return isIP(host) === 4 || isHostName(host.replace(/^\*\./, ''));
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
