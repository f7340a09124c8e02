import type { ServerResponse } from 'node:http';

/**
 * What an application may have said of an answer that it thought was its own: with what it runs, what its body is, who
 * on the web may read it.
 */
const NOT_OURS = new Set([
  'x-powered-by',
  'server',
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-disposition',
  'transfer-encoding',
  'etag',
  'last-modified',
  'expires',
  'link',
]);

/** The response without those headers; others of the application's stay, such as those for its own security. */
export function cleared(response: ServerResponse): ServerResponse {
  for (const name of response.getHeaderNames()) {
    if (NOT_OURS.has(name) || name.startsWith('access-control-')) response.removeHeader(name);
  }
  return response;
}
