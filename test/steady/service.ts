import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Router from '@koa/router';
import { startMonitoring } from 'tacho';
import { koaApp } from '../exactness/koa-app.ts';
import { plainApp } from '../exactness/plain-app.ts';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';
import { watchUsage } from './usage.ts';

/**
 * The applications of the exactness tests with users, and with a route that asks the service itself for something;
 * it tells what it needs: `service.ts [measured]`. Needs `--expose-gc`.
 */
if (process.argv[2] === 'measured')
  startMonitoring({ user: ({ headers }) => headers['x-user'] as string | undefined });
const usage = watchUsage();

const app = koaApp();
const router = new Router();
router.get('/api/asks', async (ctx) => {
  const [response] = (await once(get(`${koaUrl}/api/users/1`), 'response')) as [IncomingMessage];
  ctx.body = await text(response);
});
app.use(router.routes());

const koa = createServer(app.callback());
const plain = plainApp();
for (const server of [koa, plain]) await once(server.listen(0, '127.0.0.1'), 'listening');
const [koaPort, plainPort] = [koa, plain].map((server) => (server.address() as AddressInfo).port);
const koaUrl = `http://127.0.0.1:${koaPort}`;

ready({ koa: koaPort!, plain: plainPort! }, { idle: () => whenIdle([koa, plain]), usage });
