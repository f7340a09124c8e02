import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_URL_PATH,
  ATTR_URL_QUERY,
  ATTR_URL_SCHEME,
  ATTR_USER_AGENT_ORIGINAL,
} from '@opentelemetry/semantic-conventions';
import { clientAddressOf, serverAddressOf } from './forwarded.ts';
import { headerOf } from './raw-headers.ts';
import type { RequestFacts } from './request-facts.ts';

const KNOWN_METHODS = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  'PATCH',
  'QUERY',
]);

/** Parameters of signed URLs: who has their values may do what the URL allows (semantic conventions, `url.query`). */
const SIGNATURES = [
  'sig',
  'Signature',
  'AWSAccessKeyId',
  'X-Goog-Signature',
  'X-Amz-Signature',
  'X-Amz-Credential',
  'X-Amz-Security-Token',
];

/** The attributes that a server span has at its start (semantic conventions for HTTP spans, "HTTP Server"). */
export function requestAttributes(facts: RequestFacts): Attributes {
  const { method, rawHeaders, peer, httpVersion } = facts;
  const scheme = peer.isSecure ? 'https' : 'http';
  const knownMethod = knownMethodOf(method);
  const server = serverAddressOf(rawHeaders, scheme);
  const attributes: Attributes = {
    [ATTR_HTTP_REQUEST_METHOD]: knownMethod,
    [ATTR_URL_SCHEME]: scheme,
  };
  const set = (name: string, value: string | number | undefined): void => {
    if (value !== undefined) attributes[name] = value;
  };
  set(ATTR_SERVER_ADDRESS, server?.host);
  set(ATTR_NETWORK_PEER_ADDRESS, peer.address);
  set(ATTR_NETWORK_PEER_PORT, peer.port);
  set(ATTR_NETWORK_PROTOCOL_VERSION, httpVersion);
  set(ATTR_USER_AGENT_ORIGINAL, headerOf(rawHeaders, 'user-agent'));
  const url = urlOf(facts, scheme);
  set(ATTR_URL_PATH, url?.pathname);
  if (url !== undefined && url.search !== '') attributes[ATTR_URL_QUERY] = queryWithoutSecrets(url.search);
  set(ATTR_CLIENT_ADDRESS, clientAddressOf(rawHeaders) ?? peer.address);
  if (server?.port !== undefined) attributes[ATTR_SERVER_PORT] = Number(server.port);
  if (method !== knownMethod) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
  return attributes;
}

/** The method as an attribute of bounded variety. */
export function knownMethodOf(method: string): string {
  const upperCase = method.toUpperCase();
  return KNOWN_METHODS.has(upperCase) ? upperCase : '_OTHER';
}

/** @returns undefined where target and host make no URL together */
function urlOf({ url, rawHeaders }: RequestFacts, scheme: string): URL | undefined {
  const host = headerOf(rawHeaders, 'host') || 'localhost';
  return URL.parse(url === '' ? '/' : url, `${scheme}://${host}`) ?? undefined;
}

function queryWithoutSecrets(search: string): string {
  const parameters = new URLSearchParams(search.slice(1));
  for (const name of SIGNATURES) if (parameters.has(name)) parameters.set(name, 'REDACTED');
  return parameters.toString();
}
