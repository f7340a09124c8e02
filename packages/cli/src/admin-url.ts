import { usageError } from './command-error.ts';
import type { Environment, TextOutput } from './environment.ts';
import { wholeNumber } from './numbers.ts';
import { quoted } from './shown.ts';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_PORT = 9797;

/** What the service prints as its address ends so. */
const API_PATH = /(\/api\/performance)?\/*$/;

/**
 * Addresses that a service listens on to be reached at any of its own; nobody can connect to them everywhere.
 */
const ANY_ADDRESS: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/**
 * Where the service's admin API is, without a slash at the end: `--url`, or what the service itself is told
 * by `TACHO_ADMIN_HOST` and `TACHO_ADMIN_PORT`. A bad variable is one warning and the default, as in the
 * service.
 * @throws `CommandError` of usage
 */
export function adminUrl(
  option: string | undefined,
  { variables, stderr }: Pick<Environment, 'variables'> & { stderr: Pick<TextOutput, 'write'> },
): string {
  if (option !== undefined) return checkedUrl('--url', option);
  const warn = (message: string) => stderr.write(`tacho: ${message}\n`);
  const port = portOf(variables.TACHO_ADMIN_PORT?.trim(), warn);
  const host = variables.TACHO_ADMIN_HOST?.trim() || DEFAULT_HOST;
  const url = `http://${authority(host, port)}`;
  if (isAuthority(url)) return url;
  warn(`TACHO_ADMIN_HOST=${quoted(host)} is no host; using ${DEFAULT_HOST}`);
  return `http://${authority(DEFAULT_HOST, port)}`;
}

function portOf(text: string | undefined, warn: (message: string) => void): number {
  if (text === undefined || text === '') return DEFAULT_PORT;
  if (text === '0') {
    throw usageError(
      'TACHO_ADMIN_PORT=0 lets the service take any port: say with --url which one it printed',
    );
  }
  const port = wholeNumber(text, 1, 65535);
  if (port === undefined) {
    warn(`TACHO_ADMIN_PORT=${quoted(text)}: expected a port from 1 to 65535; using ${DEFAULT_PORT}`);
  }
  return port ?? DEFAULT_PORT;
}

function authority(host: string, port: number): string {
  const reachable = ANY_ADDRESS[host] ?? host;
  return reachable.includes(':') ? `[${reachable.replace(/^\[|\]$/g, '')}]:${port}` : `${reachable}:${port}`;
}

/** Whether nothing but a host and a port follows the scheme. */
function isAuthority(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, pathname, search, hash } = new URL(url);
  return username === '' && pathname === '/' && search === '' && hash === '';
}

/**
 * @param option that the address was given by
 * @throws `CommandError` of usage
 */
export function checkedUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSecret = url === undefined ? text.includes('@') : url.username !== '' || url.password !== '';
  if (isSecret) {
    throw usageError(
      `${option} must hold no user or password: the process list shows it; use TACHO_ADMIN_TOKEN`,
    );
  }
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isHttp || url.search !== '' || url.hash !== '') {
    throw usageError(
      `${option} ${quoted(text)}: expected http:// or https://, a host, and a port or path if need be`,
    );
  }
  return `${url.origin}${url.pathname.replace(API_PATH, '')}`;
}
