import type { IncomingMessage } from 'node:http';
import { canonicalAddress } from '@tacho/core';
import { HttpProblem } from '../http-problem.ts';

/** A host as a header names it, or as an option does. */
interface Host {
  /** In lower case; an address in canonical form. */
  readonly name: string;
  readonly isAddress: boolean;
  readonly port: string | undefined;
}

interface AllowedHost extends Host {
  /** `*.suffix`: whatever stands before the suffix. */
  readonly isSuffix: boolean;
}

/** @returns what is wrong with the `Host` of a request; undefined where nothing is */
export type HostCheck = (request: IncomingMessage) => HttpProblem | undefined;

const NAME = /^([a-z\d._~-]{1,255}|\[[\da-f:.]{2,45}\])(?::(\d{1,5}))?$/i;
const LOCAL = ['localhost', '*.localhost'];

/** Made once: of a problem, the stack that it keeps is what costs most. */
const MALFORMED = new HttpProblem({
  status: 400,
  code: 'malformed_request',
  detail: 'One header Host is needed, with a name or an address, and a port where it is not the usual one.',
});
const MISDIRECTED = new HttpProblem({
  status: 421,
  code: 'misdirected_request',
  detail: 'Nothing is known here of the host that was asked for.',
});

/**
 * For a port of our own, which only those may find who know its name: a web page that has its own name point here
 * still sends that name. So `localhost`, the names that are given and every address are allowed, as no page can have
 * an address point elsewhere.
 * @param allowedHosts names, with a port or for any, and `*.suffix`; checked
 */
export function ownHostCheck(allowedHosts: readonly string[]): HostCheck {
  const allowed = [...LOCAL, ...allowedHosts].map(allowedHostOf);
  return hostCheck((host) => host.isAddress || isAmong(allowed, host));
}

/** For the application's own port: which names it has is the application's to know, unless some are given. */
export function mountedHostCheck(allowedHosts: readonly string[]): HostCheck {
  if (allowedHosts.length === 0) return hostCheck(() => true);
  return ownHostCheck(allowedHosts);
}

function hostCheck(isAllowed: (host: Host) => boolean): HostCheck {
  // Most ask by the same name as the one before.
  let lastAllowed: string | undefined;
  return (request) => {
    const written = onlyHostOf(request.rawHeaders);
    if (written === undefined) return MALFORMED;
    if (written === lastAllowed) return undefined;
    const host = hostOf(written);
    if (host === undefined) return MALFORMED;
    if (!isAllowed(host)) return MISDIRECTED;
    lastAllowed = written;
    return undefined;
  };
}

/** @returns undefined where there is none, or another one: whoever looks at the second would be told of another host */
function onlyHostOf(rawHeaders: readonly string[]): string | undefined {
  let found: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    if (!isHostName(name)) continue;
    if (found !== undefined) return undefined;
    found = rawHeaders[index + 1];
  }
  return found;
}

/** HTTP/2 has a name for it that no request of HTTP/1 can have. */
function isHostName(name: string): boolean {
  return name.length === 4 ? name.toLowerCase() === 'host' : name === ':authority';
}

/** `uri-host [ ":" port ]` (RFC 9110, section 7.2), of names that are spelled out. */
function hostOf(written: string): Host | undefined {
  const [, host, port] = NAME.exec(written) ?? [];
  if (host === undefined || Number(port ?? 0) > 65_535) return undefined;
  const isBracketed = host.startsWith('[');
  const address = canonicalAddress(isBracketed ? host.slice(1, -1) : host);
  if (isBracketed && (address === undefined || !host.includes(':'))) return undefined;
  const name = address ?? host.toLowerCase().replace(/\.$/, '');
  return name === '' ? undefined : { name, isAddress: address !== undefined, port };
}

/** An address may stand there without brackets, as options for listening have it. */
function allowedHostOf(written: string): AllowedHost {
  const isSuffix = written.startsWith('*.');
  const bare = canonicalAddress(written);
  if (bare !== undefined) return { name: bare, isAddress: true, port: undefined, isSuffix };
  const host = hostOf(isSuffix ? written.slice(2) : written);
  return { name: '', isAddress: false, port: undefined, ...host, isSuffix };
}

function isAmong(allowed: readonly AllowedHost[], { name, port }: Host): boolean {
  return allowed.some(
    (one) =>
      (one.port === undefined || one.port === port) &&
      (one.isSuffix ? name.endsWith(`.${one.name}`) : name === one.name),
  );
}
