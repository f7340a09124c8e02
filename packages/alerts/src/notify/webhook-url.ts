import { isIP } from 'node:net';
import { addressKind } from './allowed-address.ts';

const MAX_LENGTH = 2_048;

/** Databases, queues, caches, containers and consoles, which listen above the ports that are refused anyway. */
const REFUSED_PORTS: ReadonlySet<number> = new Set([
  1080, 1099, 1433, 1521, 1719, 1720, 1723, 1883, 2049, 2181, 2375, 2376, 2377, 2379, 2380, 3128, 3268, 3269,
  3306, 3389, 3659, 4045, 4190, 4222, 4369, 5060, 5061, 5432, 5433, 5555, 5601, 5671, 5672, 5900, 5901, 5984,
  5985, 5986, 6000, 6379, 6380, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7000, 7001, 7199, 7473,
  7474, 7687, 8086, 8123, 8125, 8500, 8529, 8600, 9000, 9042, 9092, 9100, 9160, 9200, 9300, 9418, 10080,
  10250, 10255, 11211, 15672, 25672, 26257, 26379, 27017, 27018, 27019, 28015, 33060, 50000, 61616,
]);

/** Names that are only ever those of somebody's own network (RFC 6761, 6762, 8375; ICANN's `internal`). */
const PRIVATE_NAMES =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|corp|home|private|home\.arpa)$/;

/**
 * Why a webhook's URL is not taken, as far as it shows without asking anybody; undefined where it is. It never has
 * anything of the URL in it, which may be a secret.
 */
export function webhookUrlRefusal(text: string, allowPrivate: boolean): string | undefined {
  const url = text.length <= MAX_LENGTH && /^https?:\/\/[^\s\p{C}\\]+$/iu.test(text) ? URL.parse(text) : null;
  if (url === null) return 'is no https URL of at most 2048 characters';
  if (url.protocol === 'http:' && !allowPrivate) return 'is http, which is for private addresses only';
  if (url.username !== '' || url.password !== '') return 'has a user or a password in it';
  if (isRefusedPort(portOf(url))) return 'has a port that is none of a web server';
  return hostRefusal(hostOf(url), allowPrivate);
}

/** Without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

export function portOf({ protocol, port }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

function isRefusedPort(port: number): boolean {
  return port < 1_024 ? port !== 80 && port !== 443 : REFUSED_PORTS.has(port);
}

function hostRefusal(host: string, allowPrivate: boolean): string | undefined {
  if (isIP(host) !== 0) return addressRefusal(host, allowPrivate);
  if (!/^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(host))
    return 'has a host that is no name';
  const isPrivate = !host.includes('.') || PRIVATE_NAMES.test(host);
  return isPrivate && !allowPrivate ? 'leads to a private host' : undefined;
}

/** Why nothing is sent to an address; undefined where it may be. */
export function addressRefusal(address: string, allowPrivate: boolean): string | undefined {
  const kind = addressKind(address);
  if (kind === 'public' || (kind === 'private' && allowPrivate)) return undefined;
  return kind === 'private' ? 'leads to a private address' : "leads to an address that is no web server's";
}
