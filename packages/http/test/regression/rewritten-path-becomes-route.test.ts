import { afterEach, expect, it } from '@jest/globals';
import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';
import { type KoaServing, serveKoa } from '../koa-serving.ts';

/**
 * What stood before `ctx.path` in the original URL was taken for the prefix of a mount: an application that
 * rewrites paths, such as all of them to `/`, had each URL it was sent for a route.
 */

let koa: KoaServing;
afterEach(() => koa.close());

const ok: Koa.Middleware = (ctx) => {
  ctx.body = 'ok';
};
const routes = new Router().get('/', ok).get('/users/:id', ok);

const rewrite =
  (to: (path: string) => string): Koa.Middleware =>
  (ctx, next) => {
    ctx.path = to(ctx.path);
    return next();
  };

it('all paths rewritten to one are one route', async () => {
  koa = await serveKoa((app) => app.use(rewrite(() => '/')).use(routes.routes()));
  expect(await koa.ask('GET /anything/at/all')).toBe('GET / 200');
  expect(await koa.ask('GET /secret')).toBe('GET / 200');
});

it('a name that is cut from the path is not in the route', async () => {
  koa = await serveKoa((app) =>
    app.use(rewrite((path) => path.replace(/^\/[^/]+/, ''))).use(routes.routes()),
  );
  expect(await koa.ask('GET /acme/users/17')).toBe('GET /users/:id 200');
});

it('a name that is cut from the path before a mount is not in the route, the mount is', async () => {
  koa = await serveKoa((app) =>
    app.use(rewrite((path) => path.replace(/^\/[^/]+/, ''))).use(mount('/admin', routes.routes())),
  );
  expect(await koa.ask('GET /acme/admin/users/17')).toBe('GET /admin/users/:id 200');
  expect(await koa.ask('GET /acme/admin')).toBe('GET /admin 200');
});

it('a path rewritten within a mount is in the route as little', async () => {
  const inner = new Koa().use(rewrite(() => '/users/1')).use(routes.routes());
  koa = await serveKoa((app) => app.use(mount('/admin', inner)));
  expect(await koa.ask('GET /admin/secret')).toBe('GET /users/:id 200');
});
