import type { IncomingMessage } from 'node:http';
import { HttpProblem } from '../http-problem.ts';

export type CorsHeaders = Readonly<Record<string, string>>;

/** What comes of where a request was made, as browsers tell it. */
export type OriginVerdict =
  /** Goes on; its answer has these headers beside its own. */
  | { readonly kind: 'allowed'; readonly headers: CorsHeaders }
  /** A browser asks whether it may: to be answered 204, with these headers and without an identity. */
  | { readonly kind: 'preflight'; readonly headers: CorsHeaders }
  | { readonly kind: 'refused'; readonly problem: HttpProblem };

export type OriginCheck = (request: IncomingMessage) => OriginVerdict;

const HTTP_ORIGIN = /^https?:\/\/([^/?#@\s]+)$/;

/** Made once: of a problem, the stack that it keeps is what costs most. */
const REFUSED: OriginVerdict = {
  kind: 'refused',
  problem: new HttpProblem({
    status: 403,
    code: 'cross_origin',
    detail: 'Pages of other origins may not ask here.',
  }),
};

/** Whatever else a method is, it may change something. */
const READS: readonly (string | undefined)[] = ['GET', 'HEAD', 'OPTIONS'];

const EXPOSED =
  'Tacho-From, Tacho-To, Tacho-Resolution, Tacho-Partial, Tacho-Next-Cursor, ETag, Link, Retry-After, ' +
  'RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy';

/**
 * Lets through what no browser sends, what pages of this host send, whichever way they came, and what pages of
 * `allowedOrigins` send to read; of other pages only that somebody follows a link. What may change something comes from
 * pages of this host alone: a browser adds by itself what an application may know somebody by, such as cookies.
 * @param allowedOrigins as `https://dash.example`; checked
 */
export function originCheck(allowedOrigins: readonly string[]): OriginCheck {
  const allowed = new Set(allowedOrigins.map(serialized));
  // Answers differ by it, those too that were asked for without.
  const usual: OriginVerdict = { kind: 'allowed', headers: allowed.size === 0 ? {} : { Vary: 'Origin' } };

  return (request) => {
    const { origin, host } = request.headers;
    const isRead = READS.includes(request.method);
    if (isRead && origin !== undefined && allowed.has(origin)) return permitted(request, origin);
    const isOurs = origin === undefined || isOfHost(origin, host);
    return isOurs && !(isRead ? isFromElsewhere(request) : isNotOfHere(request)) ? usual : REFUSED;
  };
}

/** As browsers write it: in lower case, and without the port that the scheme has anyway. */
function serialized(origin: string): string {
  return URL.parse(origin)?.origin ?? origin;
}

/** By any scheme: a proxy may have ended TLS. */
function isOfHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && HTTP_ORIGIN.exec(origin)?.[1] === host.toLowerCase();
}

/** The page is of another site; nobody has followed a link to here, but a script or an element asks. */
function isFromElsewhere({ headers }: IncomingMessage): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] !== 'navigate';
}

/** The page is of another host; a browser that says nothing of it has said it in `Origin`. */
function isNotOfHere({ headers }: IncomingMessage): boolean {
  return !['same-origin', 'none', undefined].includes(headers['sec-fetch-site'] as string | undefined);
}

function permitted(request: IncomingMessage, origin: string): OriginVerdict {
  const headers = { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' };
  const isPreflight =
    request.method === 'OPTIONS' && request.headers['access-control-request-method'] !== undefined;
  if (!isPreflight)
    return { kind: 'allowed', headers: { ...headers, 'Access-Control-Expose-Headers': EXPOSED } };
  return {
    kind: 'preflight',
    headers: {
      ...headers,
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': 'authorization',
      'Access-Control-Max-Age': '600',
    },
  };
}
