import type { IncomingMessage } from 'node:http';
import { isPrefix } from './prefix.ts';

/** Of requests that say nothing of it themselves. */
const ORIGINAL = new WeakMap<object, string>();

/** @param url that the request came with, before frameworks took from it what they mount things at */
export function noteOriginalUrl(request: object, url: string | undefined): void {
  if (url !== undefined) ORIGINAL.set(request, url);
}

/**
 * What a client sees the resources below. Frameworks take the path of what they mount away, and most of them keep what
 * came as `originalUrl`; a proxy may say what it took in `X-Forwarded-Prefix`.
 *
 * @param prefix that the request was found below, without a slash at the end
 * @param url that it was found with
 * @param isProxyTrusted whether what is said in its headers is a proxy's word
 */
export function seenPrefix(
  request: IncomingMessage & { readonly originalUrl?: unknown },
  { prefix, url, isProxyTrusted }: { prefix: string; url: string; isProxyTrusted: boolean },
): string {
  const original = request.originalUrl ?? ORIGINAL.get(request);
  const isLonger = typeof original === 'string' && original.startsWith('/') && original.endsWith(url);
  const mountPath = isLonger ? original.slice(0, original.length - url.length) : '';
  return forwardedPrefix(request, isProxyTrusted) + mountPath + prefix;
}

function forwardedPrefix({ headers }: IncomingMessage, isProxyTrusted: boolean): string {
  const given = headers['x-forwarded-prefix'];
  return isProxyTrusted && isPrefix(given) ? given.replace(/\/$/, '') : '';
}
