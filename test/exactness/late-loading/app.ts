import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type RouterClass from '@koa/router';
import type KoaClass from 'koa';
import { whenIdle } from '../../idle.ts';
import { ready } from '../../side-channel.ts';

/** The application of all four programs, made from whatever copy of Koa the program has loaded. */
export function appOf(Koa: typeof KoaClass, Router: typeof RouterClass): KoaClass {
  const app = new Koa();
  app.silent = true;
  const router = new Router({ prefix: '/books' });
  router.get('/:id', (ctx) => {
    ctx.body = { id: ctx.params.id };
  });
  router.post('/:id/loans', () => {
    throw new Error('no such book');
  });
  app.use(router.routes());
  return app;
}

export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    ready({ http: (server.address() as AddressInfo).port }, { idle: () => whenIdle([server]) });
  });
}
