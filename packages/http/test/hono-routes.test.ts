import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { Exchange } from '../src/exchange.ts';
import { takeInHand } from '../src/exchange-in-hand.ts';
import { hearHonoRouter } from '../src/routes/hono.ts';
import { bare, RawClient } from './raw-client.ts';
import { Watch } from './watching.ts';

const ends = (_c: unknown): string => 'ok';
const goesOn = (_c: unknown, _next: unknown): string => 'ok';

/** A route as Hono registers it with a router. */
type Route = readonly [method: string, path: string, handler: object];

/** @returns the template that a GET is told of */
function templateOf(routes: readonly Route[], ...paths: string[]): string | undefined {
  const undo = hearHonoRouter({ TrieRouter });
  const exchange = new Exchange('GET', paths[0]!, 0, 0);
  takeInHand(exchange);
  try {
    for (const path of paths) routerOf(routes).match('GET', path);
    return exchange.routerTemplate;
  } finally {
    takeInHand(undefined);
    undo();
  }
}

function routerOf(routes: readonly Route[]): TrieRouter<unknown> {
  const router = new TrieRouter<unknown>();
  for (const [method, path, handler] of routes) router.add(method, path, [handler, { method, path }]);
  return router;
}

describe('of the routes that Hono matched, a request counts by', () => {
  const all: Route = ['ALL', '/*', goesOn];

  it.each<[string, Route[], string | undefined]>([
    ['none where nothing matched', [], undefined],
    ['none where there is but middleware', [all, ['ALL', '/users/*', goesOn]], undefined],
    ['the one behind middleware', [all, ['GET', '/users/:id', ends]], '/users/:id'],
    ['the first that ends', [all, ['GET', '/users/me', ends], ['GET', '/users/:id', ends]], '/users/me'],
    [
      'a wildcard that ends, before others',
      [
        ['GET', '/users/*', ends],
        ['GET', '/users/me', ends],
      ],
      '/users/*',
    ],
    [
      'the one behind a wildcard that goes on',
      [
        ['GET', '/*', goesOn],
        ['GET', '/users/me', ends],
      ],
      '/users/me',
    ],
    [
      'the last where none ends',
      [all, ['GET', '/:what/me', goesOn], ['GET', '/users/:id', goesOn]],
      '/users/:id',
    ],
    ['one for all methods', [all, ['ALL', '/users/:id', ends]], '/users/:id'],
    ['middleware of its own path alone, where no route is', [all, ['ALL', '/users/me', goesOn]], '/users/me'],
    ['a catch-all that ends, where no other is', [all, ['ALL', '/*', ends]], '/*'],
    [
      'a route rather than a catch-all',
      [
        ['ALL', '/*', ends],
        ['GET', '/users/me', goesOn],
      ],
      '/users/me',
    ],
    [
      'what a sub-application’s error handler is around',
      [
        ['GET', '/users/me', Object.assign(() => {}, { __COMPOSED_HANDLER: goesOn })],
        ['GET', '/:a/:b', ends],
      ],
      '/:a/:b',
    ],
  ])('%s', (_what, routes, template) => {
    expect(templateOf(routes, '/users/me')).toBe(template);
  });

  it.each<[string, Route[], string[], string | undefined]>([
    ['with the prefix of the mount', [['ALL', '/shop/*', goesOn]], ['/shop/a', '/a'], '/shop/:x'],
    ['with the parameter of its prefix', [['ALL', '/:shop/*', goesOn]], ['/12/a', '/a'], '/:shop/:x'],
    ['without a prefix where the path is whole', [['ALL', '/*', goesOn]], ['/a', '/a'], '/:x'],
    ['by none where the path is another', [['ALL', '/shop/*', goesOn]], ['/shop/a', '/b'], undefined],
    ['by none where more was stripped off', [['ALL', '/shop/*', goesOn]], ['/shop/a/b', '/b'], undefined],
    ['by the first where that is a route', [['GET', '/:x/:y', ends]], ['/shop/a', '/a'], '/:x/:y'],
  ])('that of a second application, %s', (_what, outer, paths, template) => {
    expect(templateOf([...outer, ['GET', '/:x', ends]], ...paths)).toBe(template);
  });
});

it('hands on whatever a router gives, and throws', () => {
  fc.assert(
    fc.property(fc.anything(), fc.boolean(), (given, isThrown) => {
      class Router {
        match(_method: string, _path: string): unknown {
          if (isThrown) throw given;
          return given;
        }
      }
      const before = Object.getOwnPropertyDescriptor(Router.prototype, 'match');
      const undo = hearHonoRouter({ Router });
      takeInHand(new Exchange('GET', '/', 0, 0));
      try {
        expect(new Router().match('GET', '/')).toBe(given);
      } catch (error) {
        if (!isThrown) throw error;
        expect(error).toBe(given);
      } finally {
        takeInHand(undefined);
        undo();
      }
      expect(Object.getOwnPropertyDescriptor(Router.prototype, 'match')).toEqual(before);
    }),
  );
});

describe('an application of Hono’s', () => {
  let server: Server;
  let watch: Watch;
  afterEach(async () => {
    server.close();
    await once(server, 'close');
    watch.hooks.uninstall();
  });

  const serveHono = async (app: Hono, overrideGlobalObjects: boolean): Promise<number> => {
    watch = Watch.install();
    const options = { fetch: app.fetch, overrideGlobalObjects, port: 0, hostname: '127.0.0.1' };
    server = serve(options) as Server;
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  it('is found though the globals were left alone', async () => {
    const port = await serveHono(
      new Hono().get('/users/:id', (c) => c.text('ok')),
      false,
    );
    await (await fetch(`http://127.0.0.1:${port}/users/17`)).text();
    expect(await watch.linesOf(1)).toEqual(['GET /users/:id 200 completed']);
  });

  it('tells of the route of an upgrade', async () => {
    const app = new Hono().get('/rooms/:id', (c) => c.text('ok'));
    const port = await serveHono(app, false);
    server.on('upgrade', (_request, socket) => {
      void app.request('/rooms/17');
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n');
    });
    const client = new RawClient(port, bare('GET /rooms/17', 'Connection: upgrade', 'Upgrade: x'));
    await client.closed;
    expect(await watch.linesOf(1)).toEqual(['GET /rooms/:id 101 streamed']);
  });
});
