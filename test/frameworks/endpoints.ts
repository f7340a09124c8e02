import type { KindName } from './kinds.ts';

/** What the users of a framework call the route of each kind of request. Undefined: the framework has no such thing. */
export type Routes = Readonly<Record<KindName, string | undefined>>;

/** As Koa, Express, Fastify, Nest and Hono write them. */
const COLONS = {
  list: '/users',
  one: '/users/:id',
  head: '/users/:id',
  options: '/users',
  create: '/users',
  replace: '/users/:id',
  remove: '/users/:id',
  nested: '/api/v1/teams/:team',
  nestedDeeper: '/api/v1/teams/:team/members/:member',
  mounted: '/shop/orders/:id',
  mountedRoot: '/shop',
  wildcard: '/files/*',
  pattern: '/releases/:year-:month',
  optional: '/posts/:slug?',
  optionalGiven: '/posts/:slug?',
  allowed: '/private/:id',
  refused: '/private/:id',
  throws: '/throws/:id',
  rejects: '/rejects/:id',
  left: '/stalls/:id',
  leftUpload: '/users/:id',
  missing: '/{name}/{id}',
  missingPost: '/{name}/{id}',
} satisfies Routes;

export const KOA: Routes = {
  ...COLONS,
  wildcard: '/files/*path',
  pattern: String(/^\/releases\/(\d{4})-(\d{2})$/),
  optional: '/posts{/:slug}',
  optionalGiven: '/posts{/:slug}',
};

/** Learned from the paths: there is no router. */
export const HTTP: Routes = {
  ...COLONS,
  one: '/users/{id}',
  head: '/users/{id}',
  replace: '/users/{id}',
  remove: '/users/{id}',
  leftUpload: '/users/{id}',
  nested: '/api/v1/teams/{id}',
  nestedDeeper: '/api/v1/teams/{id}/members/{id}',
  mounted: '/shop/orders/{id}',
  wildcard: '/files/{id}/{id}',
  pattern: '/releases/{id}',
  optional: '/posts',
  optionalGiven: '/posts/{id}',
  allowed: '/private/{id}',
  refused: '/private/{id}',
  throws: '/throws/{id}',
  rejects: '/rejects/{id}',
  left: '/stalls/{id}',
};
