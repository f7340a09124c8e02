import type { Attributes } from '@opentelemetry/api';
import {
  ATTR_CLIENT_ADDRESS,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_NETWORK_PEER_ADDRESS,
  ATTR_NETWORK_PEER_PORT,
  ATTR_NETWORK_PROTOCOL_VERSION,
  ATTR_URL_PATH,
  ATTR_URL_SCHEME,
} from '@opentelemetry/semantic-conventions';
import { truncateAddress } from '@tacho/core';
import { clientAddressOf } from '../server-span/forwarded.ts';
import { knownMethodOf } from '../server-span/request-attributes.ts';
import type { UntouchedAttributes } from '../server-span/span-attributes.ts';
import type { Privacy } from './privacy.ts';

/**
 * What `SpanPrivacy` leaves of the attributes of a server span, made from the request itself: with everything
 * private left out, most of what a span says of a request need not be made at all.
 */
export class RequestPrivacy {
  readonly #privacy: Privacy;
  readonly #isStrict: boolean;

  constructor(privacy: Privacy) {
    this.#privacy = privacy;
    this.#isStrict = privacy.path === 'template' && privacy.query === 'drop' && isNone(privacy.headers);
  }

  /** @returns undefined where the attributes have to be made, and what is private taken out */
  attributesOf({ facts, statusCode, route }: UntouchedAttributes): Attributes | undefined {
    if (!this.#isStrict || !route) return undefined;
    const { method, peer, rawHeaders } = facts;
    const isTruncated = this.#privacy.clientAddress === 'truncate';
    const knownMethod = knownMethodOf(method);
    const peerAddress = isTruncated ? peer.network : peer.address;
    const forwarded = clientAddressOf(rawHeaders);
    const attributes: Attributes = {
      [ATTR_HTTP_REQUEST_METHOD]: knownMethod,
      [ATTR_URL_SCHEME]: peer.isSecure ? 'https' : 'http',
      [ATTR_NETWORK_PROTOCOL_VERSION]: facts.httpVersion,
      [ATTR_URL_PATH]: route,
      [ATTR_HTTP_RESPONSE_STATUS_CODE]: statusCode,
      [ATTR_HTTP_ROUTE]: route,
    };
    if (peerAddress !== undefined) attributes[ATTR_NETWORK_PEER_ADDRESS] = peerAddress;
    if (peer.port !== undefined) attributes[ATTR_NETWORK_PEER_PORT] = peer.port;
    const clientAddress =
      forwarded !== undefined && isTruncated ? truncateAddress(forwarded) : (forwarded ?? peerAddress);
    if (clientAddress !== undefined) attributes[ATTR_CLIENT_ADDRESS] = clientAddress;
    if (method !== knownMethod) attributes[ATTR_HTTP_REQUEST_METHOD_ORIGINAL] = method;
    if (statusCode >= 500 && statusCode < 600) attributes[ATTR_ERROR_TYPE] = String(statusCode);
    return attributes;
  }
}

function isNone(headers: Privacy['headers']): boolean {
  return headers === 'drop' || headers.length === 0;
}
