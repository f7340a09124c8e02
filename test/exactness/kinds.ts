import type { RequestParts } from '../load/request.ts';

/** One kind of request, and what the client will book it under. */
export interface Kind {
  readonly port: 'koa' | 'plain';
  /** The endpoint as `METHOD template`. */
  readonly endpoint: string;
  /** How many of a hundred and so requests are of this kind. */
  readonly share: number;
  /** The status that the service is built to answer with. */
  readonly status: number;
  /** @param n differs from request to request */
  readonly parts: (n: number) => Omit<RequestParts, 'method'>;
}

const json = ['Content-Type: application/json'];
const uuidOf = (n: number): string => `9f1c2a34-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

/** What is sent in bulk, over connections that are kept and pipelined. The method is the endpoint's. */
export const KINDS: readonly Kind[] = [
  {
    port: 'koa',
    endpoint: 'GET /api/users',
    share: 12,
    status: 200,
    parts: (n) => ({ target: `/api/users?page=${n}` }),
  },
  {
    port: 'koa',
    endpoint: 'GET /api/users/:id',
    share: 20,
    status: 200,
    parts: (n) => ({ target: `/api/users/${n}` }),
  },
  {
    port: 'koa',
    endpoint: 'HEAD /api/users/:id',
    share: 6,
    status: 200,
    parts: (n) => ({ target: `/api/users/${n}` }),
  },
  {
    port: 'koa',
    endpoint: 'POST /api/users',
    share: 6,
    status: 201,
    parts: (n) => ({ target: '/api/users', headers: json, body: `{"name":"user ${n}"}` }),
  },
  {
    port: 'koa',
    endpoint: 'PUT /api/users/:id',
    share: 4,
    status: 200,
    parts: (n) => ({ target: `/api/users/${n}`, body: '{}' }),
  },
  {
    port: 'koa',
    endpoint: 'PATCH /api/users/:id',
    share: 3,
    status: 204,
    parts: (n) => ({ target: `/api/users/${n}`, body: '[]' }),
  },
  {
    port: 'koa',
    endpoint: 'DELETE /api/users/:id',
    share: 3,
    status: 204,
    parts: (n) => ({ target: `/api/users/${n}` }),
  },
  {
    port: 'koa',
    endpoint: 'OPTIONS /api/users',
    share: 2,
    status: 204,
    parts: () => ({ target: '/api/users' }),
  },
  {
    port: 'koa',
    endpoint: 'GET /api/old-users',
    share: 2,
    status: 302,
    parts: () => ({ target: '/api/old-users' }),
  },
  {
    port: 'koa',
    endpoint: 'GET /api/teams/:team/members/:member',
    share: 6,
    status: 200,
    parts: (n) => ({ target: `/api/teams/${n % 7}/members/${uuidOf(n)}` }),
  },
  {
    port: 'koa',
    endpoint: 'GET /shop/v1/orders/:id',
    share: 5,
    status: 200,
    parts: (n) => ({ target: `/shop/v1/orders/${n}` }),
  },
  {
    port: 'koa',
    endpoint: 'POST /shop/v1/orders',
    share: 2,
    status: 402,
    parts: () => ({ target: '/shop/v1/orders', body: '{}' }),
  },
  {
    port: 'koa',
    endpoint: 'GET /{name}/{id}',
    share: 4,
    status: 404,
    parts: (n) => ({ target: `/nowhere/${n}` }),
  },
  {
    port: 'koa',
    endpoint: 'GET /api/private',
    share: 3,
    status: 401,
    parts: () => ({ target: '/api/private' }),
  },
  { port: 'koa', endpoint: 'GET /api/fails', share: 2, status: 503, parts: () => ({ target: '/api/fails' }) },
  {
    port: 'koa',
    endpoint: 'GET /api/throws',
    share: 2,
    status: 500,
    parts: () => ({ target: '/api/throws' }),
  },
  {
    port: 'koa',
    endpoint: 'GET /api/rejects',
    share: 1,
    status: 500,
    parts: () => ({ target: '/api/rejects' }),
  },
  {
    port: 'koa',
    endpoint: 'GET /api/users/:id',
    share: 2,
    status: 200,
    parts: (n) => ({ target: `http://service.test/api/users/${n}?by=proxy` }),
  },
  {
    port: 'plain',
    endpoint: 'GET /plain/items/{id}',
    share: 20,
    status: 200,
    parts: (n) => ({ target: `/plain/items/${n}` }),
  },
  {
    port: 'plain',
    endpoint: 'GET /plain/files/{id}',
    share: 5,
    status: 200,
    parts: (n) => ({ target: `/plain/files/${uuidOf(n)}` }),
  },
  {
    port: 'plain',
    endpoint: 'POST /plain/echo',
    share: 5,
    status: 200,
    parts: (n) => ({ target: '/plain/echo', body: `echo ${n}` }),
  },
  {
    port: 'plain',
    endpoint: 'GET /plain/fails',
    share: 2,
    status: 500,
    parts: () => ({ target: '/plain/fails' }),
  },
  {
    port: 'plain',
    endpoint: 'GET /plain/{name}',
    share: 2,
    status: 404,
    parts: () => ({ target: '/plain/unknown' }),
  },
  {
    port: 'plain',
    endpoint: 'GET /{name}',
    share: 1,
    status: 404,
    parts: () => ({ target: '/__proto__' }),
  },
];

/** Asked for by probes; counted apart from the endpoints. */
export const HEALTH_CHECK = '/healthz';
