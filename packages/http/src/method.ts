const KNOWN = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

/**
 * The method as a label of bounded variety: the nine of RFC 9110 and RFC 5789, else `_OTHER`, as
 * OpenTelemetry's semantic conventions for `http.request.method` ask.
 */
export function normalMethod(method: string | undefined): string {
  return method !== undefined && KNOWN.has(method) ? method : '_OTHER';
}
