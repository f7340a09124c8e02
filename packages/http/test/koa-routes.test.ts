import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import Router from '@koa/router';
import type Koa from 'koa';
import { type KoaServing, serveKoa } from './koa-serving.ts';

const ok = (ctx: Koa.Context): void => {
  ctx.body = 'ok';
};
const pass = (_ctx: Koa.Context, next: Koa.Next): Promise<unknown> => next();
const refuse = (ctx: Koa.Context, next: Koa.Next): unknown => {
  if (ctx.query.deny === undefined) return next();
  ctx.status = 401;
};

let koa: KoaServing;

/** Serves with some routers in a row. */
async function serveRouters(...routers: Router[]): Promise<void> {
  koa = await serveKoa((app) => {
    for (const router of routers) app.use(router.routes()).use(router.allowedMethods());
  });
}

describe('a router', () => {
  const long = `/long/${'segment-'.repeat(60)}`;

  beforeAll(() =>
    serveRouters(
      new Router()
        .get('/', ok)
        .get('/users', ok)
        .get('/users/new', ok)
        .get('/users/:id', ok)
        .put('/users/:id', ok)
        .get(['/one', '/two/:id'], ok)
        .get(/^\/pattern\/(\d+)$/, ok)
        .get('named', '/named/:name', ok)
        .get('/optional{/:part}', ok)
        .get('/files/*path', ok)
        .get('/__proto__/:id', ok)
        .get(long, ok)
        .get('/boom/:id', () => {
          throw new Error('boom');
        })
        .all('/all/:id', ok),
    ),
  );
  afterAll(() => koa.close());

  it.each([
    ['GET /', 'GET / 200'],
    ['GET /users', 'GET /users 200'],
    ['GET /users/17', 'GET /users/:id 200'],
    ['GET /users/17?id=18', 'GET /users/:id 200'],
    ['GET /users/new', 'GET /users/new 200'],
    ['HEAD /users/17', 'HEAD /users/:id 200'],
    ['PUT /users/17', 'PUT /users/:id 200'],
    ['GET /one', 'GET /one 200'],
    ['GET /two/17', 'GET /two/:id 200'],
    ['GET /pattern/17', 'GET /^\\/pattern\\/(\\d+)$/ 200'],
    ['GET /named/x', 'GET /named/:name 200'],
    ['GET /optional', 'GET /optional{/:part} 200'],
    ['GET /optional/x', 'GET /optional{/:part} 200'],
    ['GET /files/a/b/c', 'GET /files/*path 200'],
    ['GET /__proto__/17', 'GET /__proto__/:id 200'],
    ['GET /boom/17', 'GET /boom/:id 500'],
    ['PATCH /all/17', 'PATCH /all/:id 200'],
    [`GET ${long}`, `GET ${long.slice(0, 300)} 200`],
  ])('counts by the route it matched: %s', async (request, expected) => {
    expect(await koa.ask(request)).toBe(expected);
  });

  it.each([
    ['GET /nowhere/17', 'GET /{name}/{id} 404'],
    ['DELETE /users/17', 'DELETE /{name}/{id} 405'],
    ['OPTIONS /users/17', 'OPTIONS /{name}/{id} 200'],
    ['PROPFIND /users/17', '_OTHER /{name}/{id} 501'],
  ])('counts by a template of the path where it matched none: %s', async (request, expected) => {
    expect(await koa.ask(request)).toBe(expected);
  });
});

describe('routers within each other', () => {
  afterEach(() => koa.close());

  it('count by the whole template', async () => {
    const posts = new Router({ prefix: '/posts' }).get('/', ok).get('/:post', ok);
    const forums = new Router().get('/:forum', ok).use('/:forum', posts.routes());
    const api = new Router({ prefix: '/api' }).use('/forums', forums.routes());
    await serveRouters(api);
    expect(await koa.ask('GET /api/forums/1')).toBe('GET /api/forums/:forum 200');
    expect(await koa.ask('GET /api/forums/1/posts')).toBe('GET /api/forums/:forum/posts 200');
    expect(await koa.ask('GET /api/forums/1/posts/2')).toBe('GET /api/forums/:forum/posts/:post 200');
    expect(await koa.ask('GET /api/forums/1/likes')).toBe('GET /{name}/{name}/{id}/{name} 404');
  });

  it('count by the template of a parameter in the prefix', async () => {
    await serveRouters(new Router({ prefix: '/tenants/:tenant' }).get('/users/:id', ok));
    expect(await koa.ask('GET /tenants/acme/users/17')).toBe('GET /tenants/:tenant/users/:id 200');
  });
});

describe('middleware of a router', () => {
  afterEach(() => koa.close());

  it.each([
    ['of a path of its own', '/users'],
    ['of a path with a parameter', '/users/:id'],
    ['of all paths', undefined],
  ])('that answers early leaves the route as it is: %s', async (_what, path) => {
    const router = new Router({ prefix: '/api' });
    if (path === undefined) router.use(refuse);
    else router.use(path, refuse);
    await serveRouters(router.get('/users/:id', ok));
    expect(await koa.ask('GET /api/users/17?deny')).toBe('GET /api/users/:id 401');
    expect(await koa.ask('GET /api/users/17')).toBe('GET /api/users/:id 200');
  });

  it('before a route of the same path', async () => {
    await serveRouters(new Router().use('/users', refuse).get('/users', ok));
    expect(await koa.ask('GET /users?deny')).toBe('GET /users 401');
    expect(await koa.ask('GET /users')).toBe('GET /users 200');
  });

  it('that finds no route behind it leaves the request without one', async () => {
    await serveRouters(new Router().use('/users', pass).get('/users/all', ok));
    expect(await koa.ask('GET /users/17')).toBe('GET /{name}/{id} 404');
  });
});

describe('several routers in a row', () => {
  afterEach(() => koa.close());

  it('count by the one that matched', async () => {
    await serveRouters(new Router().get('/a/:a', ok), new Router().get('/b/:b', ok), new Router());
    expect(await koa.ask('GET /a/17')).toBe('GET /a/:a 200');
    expect(await koa.ask('GET /b/17')).toBe('GET /b/:b 200');
    expect(await koa.ask('GET /c/17')).toBe('GET /{name}/{id} 404');
  });

  it('count by the last one of those that matched', async () => {
    await serveRouters(new Router().get('/a/*rest', pass), new Router().get('/a/:id', ok));
    expect(await koa.ask('GET /a/17')).toBe('GET /a/:id 200');
    expect(await koa.ask('GET /a/17/18')).toBe('GET /a/*rest 404');
  });

  it('count by the route that matched when a later one has but middleware for the path', async () => {
    await serveRouters(new Router().get('/a/:id', pass), new Router().use('/a', pass).get('/b', ok));
    expect(await koa.ask('GET /a/17')).toBe('GET /a/:id 404');
  });
});

describe('a route that no router left', () => {
  afterEach(() => koa.close());

  it.each([
    ['a number', 17],
    ['an object', { path: '/users' }],
    ['nothing', undefined],
    ['null', null],
  ])('counts for none: %s', async (_what, route) => {
    koa = await serveKoa((app) =>
      app.use((ctx) => {
        ctx._matchedRoute = route;
        ok(ctx);
      }),
    );
    expect(await koa.ask('GET /users/17')).toBe('GET /users/{id} 200');
  });

  it('counts as `/` where it is empty', async () => {
    koa = await serveKoa((app) =>
      app.use((ctx) => {
        ctx._matchedRoute = '';
        ok(ctx);
      }),
    );
    expect(await koa.ask('GET /users/17')).toBe('GET / 200');
  });

  it('is no trouble, whatever else is on the context', async () => {
    koa = await serveKoa((app) =>
      app.use((ctx) => {
        ctx.matched = [null];
        ctx._matchedRoute = '/first';
        ctx._matchedRoute = '/second';
        ctx.body = ctx._matchedRoute;
      }),
    );
    expect(await koa.ask('GET /users/17')).toBe('GET /first 200');
  });
});
