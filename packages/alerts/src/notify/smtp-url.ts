import { isIP } from 'node:net';

/** Where mail is handed in, and as whom. */
export interface SmtpServer {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte on; else a connection becomes secure by STARTTLS. */
  readonly isTls: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

/** Completes "allowed: …". */
export const SMTP_URL_TEXT =
  'smtps://user:password@host:465, or smtp://user:password@host:587 for STARTTLS; user and password percent-encoded, or left out together';

const MAX_LENGTH = 2_048;
const LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;

/** @returns undefined for what is none */
export function parseSmtpUrl(text: string): SmtpServer | undefined {
  if (text.length > MAX_LENGTH || !/^smtps?:\/\/[\x21-\x7e]+$/i.test(text)) return undefined;
  const url = URL.parse(text);
  if (url === null || !/^\/?$/.test(url.pathname) || url.search !== '' || url.hash !== '') return undefined;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const login = loginOf(url);
  if (!isHost(host) || login === undefined) return undefined;
  const isTls = url.protocol === 'smtps:';
  const port = url.port === '' ? (isTls ? 465 : 587) : Number(url.port);
  return port === 0 ? undefined : { host, port, isTls, login: login === 'none' ? undefined : login };
}

/** Undefined for half a login, and for what can't be decoded. */
function loginOf({ username, password }: URL): SmtpServer['login'] | 'none' {
  if (username === '' && password === '') return 'none';
  if (username === '' || password === '') return undefined;
  try {
    const login = { user: decodeURIComponent(username), password: decodeURIComponent(password) };
    return /\p{Cc}/u.test(login.user + login.password) ? undefined : login;
  } catch {
    return undefined;
  }
}

function isHost(host: string): boolean {
  return isIP(host) !== 0 || (host.length <= 253 && host.split('.').every((label) => LABEL.test(label)));
}
