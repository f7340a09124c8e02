import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import Koa from 'koa';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';
import { REAL_ROUTES } from './urls.ts';

/** Fifty real routes on one port; on the other, a server that has something at whatever path it is asked for. */
const router = new Router();
for (const route of [...REAL_ROUTES, '/late/:id']) {
  router.get(route, (ctx) => {
    ctx.body = 'ok';
  });
}
const servers = {
  koa: createServer(new Koa().use(router.routes()).callback()),
  plain: createServer((_request, response) => response.end()),
};
const all = Object.values(servers);
let listening = 0;

for (const server of all) {
  server.listen(0, '127.0.0.1', () => {
    if (++listening < all.length) return;
    const portOf = (one: typeof server): number => (one.address() as AddressInfo).port;
    const ports = { koa: portOf(servers.koa), plain: portOf(servers.plain) };
    ready(ports, { idle: () => whenIdle(all), bytesInUse });
  });
}

/**
 * What is reachable, on the heap and beside it, when all that waits for a collection or a turn of the event
 * loop to be let go has had several of both. Needs `--expose-gc`.
 */
async function bytesInUse(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await pause(50);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}
