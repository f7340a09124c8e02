import { afterEach, describe, expect, it } from '@jest/globals';
import Router from '@koa/router';
import Koa from 'koa';
import mount from 'koa-mount';
import { hearKoaRoutes } from '../src/routes/koa.ts';
import { contextPrototype, type KoaServing, serveKoa } from './koa-serving.ts';

const a: Koa.Middleware = (ctx) => {
  ctx.body = 'a';
};

describe('what an application reads from its context', () => {
  let koa: KoaServing | undefined;
  afterEach(() => koa?.close());

  it('is what its routers and mounts have left there', async () => {
    const read: unknown[] = [];
    const router = new Router().get('/users/:id', (ctx) => {
      read.push(ctx._matchedRoute, ctx.mountPath, ctx.path, ctx.params);
      ctx._matchedRoute = 'changed';
      ctx.body = 'ok';
    });
    koa = await serveKoa((app) => {
      app.use(async (ctx, next) => {
        read.push(ctx._matchedRoute, ctx.mountPath);
        await next();
        read.push(ctx._matchedRoute, ctx.mountPath, ctx.path);
      });
      app.use(mount('/admin', router.routes()));
    });
    await koa.ask('GET /admin/users/17');
    expect(read).toEqual([
      undefined,
      undefined,
      '/users/:id',
      '/admin',
      '/users/17',
      { id: '17' },
      'changed',
      '/admin',
      '/admin/users/17',
    ]);
  });

  it('is its own for each request', async () => {
    const read: unknown[] = [];
    koa = await serveKoa((app) => {
      app.use(async (ctx, next) => {
        await next();
        read.push(ctx._matchedRoute);
      });
      app.use(new Router().get('/a', a).routes());
    });
    await koa.ask('GET /a');
    await koa.ask('GET /b');
    expect(read).toEqual(['/a', undefined]);
  });

  it('shows nothing of ours in its JSON', async () => {
    let json = '';
    koa = await serveKoa((app) => {
      app.use(async (ctx, next) => {
        await next();
        json = JSON.stringify(ctx);
      });
      app.use(new Router().get('/a', a).routes());
    });
    await koa.ask('GET /a');
    expect(Object.keys(JSON.parse(json))).toEqual([
      'request',
      'response',
      'app',
      'originalUrl',
      'req',
      'res',
      'socket',
    ]);
    expect(json).not.toContain('tacho');
  });
});

describe('hearKoaRoutes', () => {
  it('leaves the prototype as it was when undone', () => {
    const before = Object.getOwnPropertyDescriptors(contextPrototype);
    const undo = hearKoaRoutes(contextPrototype);
    expect(Object.keys(contextPrototype)).toEqual(Object.keys(before));
    undo();
    undo();
    expect(Object.getOwnPropertyDescriptors(contextPrototype)).toEqual(before);
  });

  it('leaves alone what is heard already, and what an application has defined itself', () => {
    const theirs = { _matchedRoute: 'theirs' };
    const undoTheirs = hearKoaRoutes(theirs);
    expect(theirs._matchedRoute).toBe('theirs');
    undoTheirs();
    expect(theirs).toEqual({ _matchedRoute: 'theirs' });

    const undoFirst = hearKoaRoutes(contextPrototype);
    const undoSecond = hearKoaRoutes(contextPrototype);
    undoSecond();
    expect(Object.hasOwn(contextPrototype, '_matchedRoute')).toBe(true);
    undoFirst();
    expect(Object.hasOwn(contextPrototype, '_matchedRoute')).toBe(false);
  });

  it('lets an application give all its contexts a value', () => {
    const undo = hearKoaRoutes(contextPrototype);
    const app = new Koa();
    app.context.mountPath = '/mine';
    expect(Object.create(app.context).mountPath).toBe('/mine');
    expect(new Koa().context.mountPath).toBeUndefined();
    undo();
  });
});
