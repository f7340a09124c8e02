import { each, type Kind, one } from './kind.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'QUERY'];
const RARE_METHODS = [
  'PROPFIND',
  'PURGE',
  'M-SEARCH',
  'MKCALENDAR',
  'LINK',
  'LOCK',
  'REPORT',
  'SUBSCRIBE',
  'SOURCE',
];
/** Node answers these itself. */
const NO_METHODS = ['FOO', 'get', 'Get', 'PRI'];

const STATUSES = [
  200, 201, 204, 205, 206, 299, 301, 302, 304, 307, 400, 401, 403, 404, 405, 409, 418, 422, 429, 499,
];
const FAILING = [500, 501, 502, 503, 504, 511, 599, 600, 700, 999];

/** Methods, versions and statuses. */
export const messages: readonly Kind[] = [
  ...each('method', [...METHODS, ...RARE_METHODS], (method) => ({ method, target: '/method' })),
  ...each('no method', NO_METHODS, (method) => ({ method }), 0),
  ...each('method on koa', ['HEAD', 'OPTIONS', 'PROPFIND', 'DELETE'], (method) => ({
    method,
    target: '/users/1',
    server: 'koa',
  })),
  ...each('status', [...STATUSES, ...FAILING].map(String), (code) => ({ does: `status ${code}` })),
  ...each('status to HEAD', ['200', '304', '404', '500'], (code) => ({
    method: 'HEAD',
    does: `status ${code}`,
  })),
  one('status 101 without an upgrade', { does: 'status 101' }),
  one('a status text of its own', { does: 'status-text So it is' }),
  one('a status that is set after the end', { does: 'status-too-late 500' }),
  one('a status that is set back after the end', { does: 'status-too-late 200' }),
  ...each('a status that is no status', ['0', '99', '1000', '-1'], (code) => ({
    does: `status-too-late ${code}`,
  })),
  one('a request that is rewritten', {
    does: 'rewrites',
    target: '/written?b=2',
    headers: ['User-Agent: written'],
  }),
  one('a status that is set on finish', { does: 'status-on-finish 503' }),
  one('102 Processing first', { does: 'processing' }),
  one('103 Early Hints first', { does: 'hints' }),
  one('100 Continue that nobody waits for', { does: 'continues' }),
  ...each('version', ['0.9', '2.0'], (version) => ({ version })),
  one('HTTP/1.0', { version: '1.0', target: '/old' }),
  one('HTTP/1.0 that wants to be kept', { version: '1.0', headers: ['Connection: keep-alive'] }),
  one('HTTP/1.0 with chunks', { version: '1.0', does: 'chunks' }),
  ...each('no version', ['1.2', '1.9', '3', 'a'], (version) => ({ version }), 0),
  ...each(
    'user agent',
    ['curl/8.5', 'Mozilla/5.0 (X11; Linux)', '', ' ', 'Googlebot/2.1', 'caf\xe9', 'x'.repeat(4000)],
    (agent) => ({
      headers: [`User-Agent: ${agent}`],
    }),
  ),
  one('several user agents', { headers: ['User-Agent: one', 'User-Agent: two'] }),
  one('a user agent in capitals', { headers: ['USER-AGENT: loud'] }),
  one('repeated headers that are joined', {
    server: 'joins',
    headers: [
      'User-Agent: one',
      'User-Agent: two',
      'X-Forwarded-For: 192.0.2.1',
      'X-Forwarded-For: 192.0.2.2',
    ],
  }),
  one('every header twice', {
    headers: ['Accept: a', 'Accept: b', 'Cookie: a=1', 'Cookie: b=2', 'X-A: 1', 'X-A: 2'],
  }),
  one('a method override', { method: 'POST', headers: ['X-HTTP-Method-Override: PUT'], body: '' }),
];
