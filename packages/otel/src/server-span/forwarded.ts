import { parse } from 'forwarded-parse';
import { headerOf } from './raw-headers.ts';

export interface ServerAddress {
  readonly host: string;
  readonly port: string | undefined;
}

/**
 * The server that the client meant, and its port: of the first `Forwarded` element that tells, of
 * `X-Forwarded-Host`, or of `Host`. Source: OpenTelemetry's semantic conventions, "Setting server.address and
 * server.port attributes".
 */
export function serverAddressOf(rawHeaders: readonly string[], scheme: string): ServerAddress | undefined {
  for (const element of elementsOf(headerOf(rawHeaders, 'forwarded')))
    if (element.host) return splitHost(element.host, element.proto);
  const forwardedHost = headerOf(rawHeaders, 'x-forwarded-host');
  if (forwardedHost !== undefined) return splitHost(forwardedHost, headerOf(rawHeaders, 'x-forwarded-proto'));
  const host = headerOf(rawHeaders, 'host');
  return host ? splitHost(host, scheme) : undefined;
}

/** The client as proxies have told it: by `Forwarded`, or else as the first of `X-Forwarded-For`. */
export function clientAddressOf(rawHeaders: readonly string[]): string | undefined {
  for (const element of elementsOf(headerOf(rawHeaders, 'forwarded')))
    if (element.for) return withoutPort(element.for);
  const forwardedFor = headerOf(rawHeaders, 'x-forwarded-for');
  return forwardedFor ? withoutPort((forwardedFor.split(',', 1)[0] as string).trim()) : undefined;
}

function elementsOf(header: string | undefined): Record<string, string>[] {
  if (!header) return [];
  try {
    return parse(header);
  } catch {
    return [];
  }
}

/** @param scheme whose default port is taken where the host names none */
function splitHost(host: string, scheme: string | undefined): ServerAddress {
  const defaultPort = scheme === 'http' ? '80' : scheme === 'https' ? '443' : undefined;
  const parts = host.split(':');
  const last = parts.at(-1) as string;
  if (parts.length === 1) return { host, port: defaultPort };
  if (parts.length === 2) return { host: parts[0] as string, port: last };
  if (!host.startsWith('[')) return { host, port: undefined };
  if (last.endsWith(']')) return { host, port: defaultPort };
  return parts.at(-2)?.endsWith(']') === true
    ? { host: parts.slice(0, -1).join(':'), port: last }
    : { host, port: undefined };
}

function withoutPort(address: string): string {
  const hostname = URL.parse(`http://${address}`)?.hostname;
  if (hostname === undefined) return address;
  return hostname.startsWith('[') && hostname.endsWith(']') ? hostname.slice(1, -1) : hostname;
}
