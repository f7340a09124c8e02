import type { RequestParts } from '../load/request.ts';

/** One kind of request that every application of the matrix is asked. */
export interface Kind extends Pick<RequestParts, 'method' | 'headers' | 'body'> {
  /** @param n differs from request to request */
  readonly target: (n: number) => string;
  /** The status it is answered with; 0 where the client leaves before there is an answer. */
  readonly status: number;
}

const json = ['Content-Type: application/json'];
const mayEnter = ['Authorization: Bearer of-these-tests'];
const body = '{"name":"a user"}';

/** In the order in which each is sent once, before all are sent at the same time. */
export const KINDS = {
  list: { method: 'GET', target: (n) => `/users?page=${n}`, status: 200 },
  one: { method: 'GET', target: (n) => `/users/${n}`, status: 200 },
  head: { method: 'HEAD', target: (n) => `/users/${n}?fields=name`, status: 200 },
  options: { method: 'OPTIONS', target: () => '/users', status: 204 },
  create: { method: 'POST', target: () => '/users', headers: json, body, status: 201 },
  replace: { method: 'PUT', target: (n) => `/users/${n}`, headers: json, body, status: 200 },
  remove: { method: 'DELETE', target: (n) => `/users/${n}`, status: 204 },
  nested: { method: 'GET', target: (n) => `/api/v1/teams/${n}`, status: 200 },
  nestedDeeper: { method: 'GET', target: (n) => `/api/v1/teams/${n}/members/${n + 1}`, status: 200 },
  mounted: { method: 'GET', target: (n) => `/shop/orders/${n}`, status: 200 },
  mountedRoot: { method: 'GET', target: () => '/shop', status: 200 },
  wildcard: { method: 'GET', target: (n) => `/files/2026/${n}`, status: 200 },
  pattern: { method: 'GET', target: (n) => `/releases/2026-${10 + (n % 90)}`, status: 200 },
  optional: { method: 'GET', target: () => '/posts', status: 200 },
  optionalGiven: { method: 'GET', target: (n) => `/posts/${n}`, status: 200 },
  allowed: { method: 'GET', target: (n) => `/private/${n}`, headers: mayEnter, status: 200 },
  refused: { method: 'GET', target: (n) => `/private/${n}`, status: 401 },
  /** Refused by what stands before the router, or by a hook of a whole part of the application. */
  closed: { method: 'GET', target: (n) => `/closed/${n}`, status: 401 },
  throws: { method: 'GET', target: (n) => `/throws/${n}`, status: 500 },
  rejects: { method: 'GET', target: (n) => `/rejects/${n}`, status: 500 },
  /** Half of the answer is here when the client leaves. */
  left: { method: 'GET', target: (n) => `/halves/${n}`, status: 0 },
  /** It leaves in the middle of its own body. */
  leftUpload: { method: 'PUT', target: (n) => `/users/${n}`, headers: json, body, status: 0 },
  /** Nothing but the application's own route for whatever else is there. */
  caught: { method: 'GET', target: (n) => `/docs/nowhere/${n}`, status: 404 },
  missing: { method: 'GET', target: (n) => `/nowhere/${n}`, status: 404 },
  /** A path that is there, and a method that is not. */
  otherMethod: { method: 'PATCH', target: (n) => `/users/${n}`, headers: json, body, status: 404 },
  missingPost: { method: 'POST', target: (n) => `/nowhere/${n}`, headers: json, body, status: 404 },
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
