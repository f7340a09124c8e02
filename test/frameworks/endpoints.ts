import type { KindName } from './kinds.ts';

/** What the users of a framework call the route of each kind of request. */
export type Routes = Readonly<Record<KindName, string>>;

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
  closed: '/{name}/{id}',
  throws: '/throws/:id',
  rejects: '/rejects/:id',
  left: '/halves/:id',
  leftUpload: '/users/:id',
  caught: '/docs/*',
  missing: '/{name}/{id}',
  otherMethod: '/{name}/{id}',
  missingPost: '/{name}/{id}',
} satisfies Routes;

const RELEASES = String(/^\/releases\/(\d{4})-(\d{2})$/);

/** As of path-to-regexp 8. */
const NEW_PATHS = {
  wildcard: '/files/*path',
  optional: '/posts{/:slug}',
  optionalGiven: '/posts{/:slug}',
  caught: '/docs/*path',
};

export const KOA: Routes = { ...COLONS, ...NEW_PATHS, pattern: RELEASES };

export const EXPRESS_4: Routes = { ...COLONS, pattern: RELEASES };

export const EXPRESS_5: Routes = { ...COLONS, ...NEW_PATHS, pattern: RELEASES };

export const FASTIFY: Routes = {
  ...COLONS,
  pattern: '/releases/:year(^\\d{4})-:month(^\\d{2}$)',
  closed: '/closed/:id',
};

/** Where only handlers tell of the route, when they begin: what is refused before that, or left, has none. */
export const FASTIFY_BY_HANDLERS: Partial<Routes> = {
  refused: '/{name}/{id}',
  closed: '/{name}/{id}',
  leftUpload: '/{name}/{id}',
  otherMethod: '/{name}/{id}',
};

/** Nest reads bodies before Express's router has its turn. */
export const NEST_ON_EXPRESS: Routes = { ...COLONS, ...NEW_PATHS, leftUpload: '/{name}/{id}' };

/** Fastify's router comes before what Nest calls middleware. */
export const NEST_ON_FASTIFY: Routes = { ...COLONS, closed: '/closed/:id' };

export const HONO: Routes = {
  ...COLONS,
  pattern: '/releases/:month{[0-9]{4}-[0-9]{2}}',
  closed: '/closed/:id',
};

export const HAPI: Routes = {
  ...inBraces(COLONS),
  wildcard: '/files/{path*}',
  optional: '/posts/{slug?}',
  optionalGiven: '/posts/{slug?}',
  closed: '/closed/{id}',
  caught: '/docs/{path*}',
};

/** Learned from the paths: there is no router. */
export const HTTP: Routes = {
  ...COLONS,
  one: '/users/{id}',
  head: '/users/{id}',
  replace: '/users/{id}',
  remove: '/users/{id}',
  leftUpload: '/users/{id}',
  otherMethod: '/users/{id}',
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
  left: '/halves/{id}',
  caught: '/{name}/{name}/{id}',
};

/** `/users/:id` as hapi writes it: `/users/{id}`. */
function inBraces(routes: typeof COLONS): typeof COLONS {
  const entries = Object.entries(routes).map(([kind, route]) => [kind, route.replaceAll(/:(\w+)/g, '{$1}')]);
  return Object.fromEntries(entries);
}
