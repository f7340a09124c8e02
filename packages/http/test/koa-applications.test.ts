import { EventEmitter } from 'node:events';
import { afterEach, expect, it } from '@jest/globals';
import Router from '@koa/router';
import Koa from 'koa';
import { type ExpressServing, serveExpress } from './express-serving.ts';
import { contextPrototype } from './koa-serving.ts';
import { Watch } from './watching.ts';

/** Koa is not found in a module cache here: its applications are met when they make their callbacks. */

let served: ExpressServing | undefined;
afterEach(() => served?.close());

function routed(app: Koa): Koa {
  const router = new Router().get('/users/:id', (ctx) => {
    ctx.body = ctx._matchedRoute;
  });
  app.use(router.routes());
  return app;
}

/** Asks an application that makes its callback once it is watched. */
async function ask(app: Koa): Promise<string> {
  let callback: ReturnType<Koa['callback']> | undefined;
  served = await serveExpress((request, response) => callback?.(request, response));
  callback = app.callback();
  return served.ask('GET /users/17');
}

it.each<[string, () => Koa]>([
  ['as it is', () => new Koa()],
  ['of a class of its own', () => new (class Own extends Koa {})()],
  [
    'with contexts that inherit from those of another',
    () => {
      const app = new Koa();
      app.context = Object.create(new Koa().context);
      return app;
    },
  ],
  ['with a listener for its errors', () => new Koa().on('error', () => {})],
])('hears an application that makes its callback: %s', async (_what, make) => {
  expect(await ask(routed(make()))).toBe('GET /users/:id 200');
});

it('leaves nothing behind when it ends', async () => {
  const before = Object.getOwnPropertyDescriptors(contextPrototype);
  await ask(routed(new Koa()));
  expect(Object.getOwnPropertyDescriptors(contextPrototype)).not.toEqual(before);
  await served?.close();
  expect(Object.getOwnPropertyDescriptors(contextPrototype)).toEqual(before);
});

it('begins again with the next callback', async () => {
  const app = routed(new Koa());
  for (let times = 0; times < 2; times++) {
    expect(await ask(app)).toBe('GET /users/:id 200');
    await served?.close();
  }
});

it.each<[string, object]>([
  ['contexts of no class', { context: Object.create(null) }],
  ['a frozen context', { context: Object.create(Object.freeze({ onerror: () => {} })) }],
  ['no context', { context: null }],
  ['a context that is a text', { context: 'text' }],
  ['a context that never ends', { context: new Proxy({}, { getPrototypeOf: () => ({}) }) }],
  [
    'a context that throws',
    {
      get context() {
        throw new Error('of the application');
      },
    },
  ],
])('lets everything be asked for its listeners that is not Koa: %s', (_what, properties) => {
  const { hooks } = Watch.install();
  const emitter = new EventEmitter().on('error', () => {});
  Object.defineProperties(emitter, {
    ...Object.getOwnPropertyDescriptors(properties),
    middleware: { value: [] },
    createContext: { value: () => {} },
  });
  expect(emitter.listenerCount('error')).toBe(1);
  expect(emitter.listenerCount('error', () => {})).toBe(0);
  expect(emitter.listenerCount('other')).toBe(0);
  hooks.uninstall();
});
