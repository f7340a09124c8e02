/**
 * Serves requests of 100 KB each in every way that requests end, keeps weak references to all that belonged to them,
 * and prints what is alive once their connections are closed: `child.ts <rounds>`. The environment says how they are
 * measured. Run with `--expose-gc`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Router from '@koa/router';
import { trace } from '@opentelemetry/api';
import Koa from 'koa';
import { startMonitoring } from 'tacho';
import { whenIdle } from '../idle.ts';

const rounds = Number(process.argv[2]);
const AT_ONCE = 8;
const BODY = 'x'.repeat(100_000);

const refs = new Map<string, WeakRef<object>[]>();

function watch(name: string, object: object | undefined | null): void {
  if (object === undefined || object === null) return;
  const list = refs.get(name) ?? [];
  refs.set(name, list);
  list.push(new WeakRef(object));
}

function watchAll(request: IncomingMessage, response?: ServerResponse): void {
  // What an application hangs on its request goes with it.
  const load = { bytes: Buffer.alloc(100_000) };
  Object.assign(request, { load });
  watch('loads', load);
  watch('requests', request);
  watch('responses', response);
  watch('spans', trace.getActiveSpan());
  watch('connections', request.socket);
}

const monitoring = startMonitoring({
  store: 'memory',
  adminApi: false,
  logger: { info() {}, warn() {}, error() {} },
  user: ({ headers }) => String(headers['x-user'] ?? ''),
});

const router = new Router();
router.post('/uploads/:id', async (ctx) => {
  watchAll(ctx.req, ctx.res);
  watch('contexts', ctx);
  const tracer = trace.getTracer('app');
  tracer.startActiveSpan('below', (span) => {
    watch('spans below', span);
    span.end();
  });
  trace.getActiveSpan()?.setAttribute('enduser.id', `user ${ctx.params.id}`);
  await text(ctx.req).catch(() => {});
  ctx.body = BODY;
});
router.get('/fails/:id', (ctx) => {
  watchAll(ctx.req, ctx.res);
  throw Object.assign(new Error('failed'), { request: ctx.req });
});
router.get('/slow/:id', async (ctx) => {
  watchAll(ctx.req, ctx.res);
  await pause(2_050);
  ctx.body = BODY;
});
const app = new Koa();
app.silent = true;
app.use(router.routes());
const koa = createServer(app.callback());

const plain = createServer((request, response) => {
  watchAll(request, response);
  if (request.url?.startsWith('/error')) {
    response.on('error', () => response.end());
    response.emit('error', Object.assign(new Error('of the response'), { request }));
  } else if (request.url?.startsWith('/stalls')) response.write('a part');
  else response.end(BODY);
});
plain.on('upgrade', (request, socket: Socket) => {
  watchAll(request);
  socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: a\r\n\r\n');
});

/** Sends bytes, and reads until the other side ends; or goes away once so many have come. */
function converse(server: Server, bytes: string, leaveAfter = Number.POSITIVE_INFINITY): Promise<void> {
  return new Promise((settle) => {
    let received = 0;
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', ({ length }) => {
      received += length;
      if (received >= leaveAfter) socket.destroy();
    });
    socket.on('error', () => {}).on('close', () => settle());
  });
}

const head = (line: string, ...headers: string[]): string =>
  `${[`${line} HTTP/1.1`, 'Host: a', ...headers].join('\r\n')}\r\n\r\n`;
const LAST = 'Connection: close';
const upload = (n: number, ...headers: string[]): string =>
  head(`POST /uploads/${n}`, `X-User: user ${n}`, `Content-Length: ${BODY.length}`, ...headers);

/** Ten requests. */
async function round(n: number): Promise<void> {
  await converse(koa, upload(n) + BODY + upload(n, LAST) + BODY);
  await converse(koa, `${upload(n, 'Expect: 100-continue')}part`, 1);
  await converse(koa, head(`GET /fails/${n}`, LAST));
  const item = head(`GET /items/${n}`);
  await converse(plain, item + item + head(`GET /items/${n}`, LAST));
  await converse(plain, head(`GET /stalls/${n}`) + item, 1);
  await converse(plain, head(`GET /error/${n}`, LAST));
  await converse(plain, head(`GET /socket/${n}`, 'Connection: Upgrade', 'Upgrade: a'));
}

for (const server of [koa, plain]) await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));

const slow = Array.from({ length: AT_ONCE }, (_, n) => converse(koa, head(`GET /slow/${n}`, LAST)));
for (let n = 0; n < rounds; n += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => round(n + i)));
await Promise.all(slow);
await whenIdle([koa, plain]);

const alive = (): Record<string, number> =>
  Object.fromEntries(
    [...refs].map(([name, list]) => [name, list.filter((ref) => ref.deref() !== undefined).length]),
  );
for (let tries = 0; tries < 40 && Object.values(alive()).some((count) => count > 0); tries++) {
  await pause(50);
  globalThis.gc?.();
}
process.stdout.write(
  JSON.stringify({
    seen: Object.fromEntries([...refs].map(([name, list]) => [name, list.length])),
    alive: alive(),
  }),
);
await monitoring.shutdown();
for (const server of [koa, plain]) server.close();
