import { afterEach, expect, it } from '@jest/globals';
import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';
import { type KoaServing, serveKoa } from './koa-serving.ts';
import { bare, RawClient } from './raw-client.ts';

let koa: KoaServing;
afterEach(() => koa.close());

const ok = (ctx: Koa.Context): void => {
  ctx.body = 'ok';
};
const routes = () =>
  new Router()
    .get('/', ok)
    .get('/x/:y', ok)
    .get(/^\/pattern$/, ok)
    .routes();

it('puts the prefix of a mount before the route', async () => {
  koa = await serveKoa((app) => app.use(mount('/admin', routes())));
  expect(await koa.ask('GET /admin')).toBe('GET /admin 200');
  expect(await koa.ask('GET /admin/')).toBe('GET /admin 200');
  expect(await koa.ask('GET /admin?a=/b')).toBe('GET /admin 200');
  expect(await koa.ask('GET /admin/x/17')).toBe('GET /admin/x/:y 200');
  expect(await koa.ask('GET /admin/x/admin')).toBe('GET /admin/x/:y 200');
  expect(await koa.ask('GET /admin/pattern')).toBe('GET /admin/^\\/pattern$/ 200');
  expect(await koa.ask('GET /admin/nowhere')).toBe('GET /{name}/{name} 404');
  expect(await koa.ask('GET /administrator')).toBe('GET /{name} 404');
});

it('puts the prefixes of nested mounts together', async () => {
  const inner = new Koa().use(mount('/v1', new Koa().use(mount('/shop', routes()))));
  koa = await serveKoa((app) => app.use(mount('/api', inner)));
  expect(await koa.ask('GET /api/v1/shop')).toBe('GET /api/v1/shop 200');
  expect(await koa.ask('GET /api/v1/shop/x/17')).toBe('GET /api/v1/shop/x/:y 200');
});

it('is not confused by prefixes that repeat', async () => {
  koa = await serveKoa((app) => app.use(mount('/a', new Koa().use(mount('/a', routes())).use(routes()))));
  expect(await koa.ask('GET /a/a/x/a')).toBe('GET /a/a/x/:y 200');
  expect(await koa.ask('GET /a/x/17')).toBe('GET /a/x/:y 200');
  expect(await koa.ask('GET /a/a')).toBe('GET /a/a 200');
  expect(await koa.ask('GET /a')).toBe('GET /a 200');
});

it('puts nothing before the route of a mount at `/`', async () => {
  koa = await serveKoa((app) => app.use(mount('/', routes())).use(mount(routes())));
  expect(await koa.ask('GET /x/17')).toBe('GET /x/:y 200');
});

it('puts prefix and mount together', async () => {
  const router = new Router({ prefix: '/users' }).get('/:id', ok);
  koa = await serveKoa((app) => app.use(mount('/api', router.routes())));
  expect(await koa.ask('GET /api/users/17')).toBe('GET /api/users/:id 200');
});

it('puts nothing before a route met after the mount was left again', async () => {
  const through: Koa.Middleware = (_ctx, next) => next();
  const router = new Router().get('/api/x/:y', ok);
  koa = await serveKoa((app) =>
    app.use(mount('/api', through)).use(mount('/api', through)).use(router.routes()),
  );
  expect(await koa.ask('GET /api/x/17')).toBe('GET /api/x/:y 200');
});

it('puts the prefix of a second mount alone after the first was left again', async () => {
  const through: Koa.Middleware = (_ctx, next) => next();
  koa = await serveKoa((app) => app.use(mount('/api', through)).use(mount('/api/v1', routes())));
  expect(await koa.ask('GET /api/v1/x/17')).toBe('GET /api/v1/x/:y 200');
});

it('puts a prefix with a trailing slash before the route as it is', async () => {
  const router = new Router().get(/^icon$/, ok);
  koa = await serveKoa((app) => app.use(mount('/images/', router.routes())));
  expect(await koa.ask('GET /images/icon')).toBe('GET /images//^icon$/ 200');
});

it('puts the prefix before a route that was asked for by an absolute target', async () => {
  koa = await serveKoa((app) => app.use(mount('/admin', routes())));
  const client = new RawClient(koa.port, bare('GET http://host/admin/x/17?a', 'Connection: close'));
  await client.closed;
  expect(await koa.watch.linesOf(1)).toEqual(['GET /admin/x/:y 200 completed']);
});
