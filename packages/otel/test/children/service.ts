/**
 * Serves requests of every kind with telemetry started before or after the application is loaded, and prints
 * what was counted: `service.ts <lean|standard|off> <import|require> <before|after>`, with `OTEL_*` variables as the environment.
 */
import type * as NodeHttp from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type RouterClass from '@koa/router';
import { trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { RequestRecord } from '@tacho/core';
import { DEFAULT_IGNORED_PATHS, Exclusions, ServerHooks } from '@tacho/http';
import type KoaClass from 'koa';
import { startTelemetry } from '../start-telemetry.ts';
import { STRICT } from '../strict-privacy.ts';

const [, , mode, how, when] = process.argv;
const require = createRequire(import.meta.url);

/** How many are sent that are to have a record. */
const REQUESTS = 16;

const records: RequestRecord[] = [];
const notMeasured: Record<string, number> = {};
const warnings: string[] = [];
/** The trace that each handler ran in, by the request's number. */
const traceIds = new Map<string, string | undefined>();
/** The span of each handler. */
const spans: ReadableSpan[] = [];
let otherSpans = 0;

async function load<T>(name: string): Promise<T> {
  return how === 'import' ? (await import(name)).default : require(name);
}

async function loadApplication() {
  const [http, Koa, Router] = [
    await load<typeof NodeHttp>('node:http'),
    await load<typeof KoaClass>('koa'),
    await load<typeof RouterClass>('@koa/router'),
  ];
  return { http, Koa, Router };
}

/** @returns stops it all */
async function start(): Promise<() => Promise<void>> {
  const pseudonymOf = (user: string): string => `pseudonym of ${user}`;
  const telemetry = await startTelemetry(mode, {
    serviceName: 'test',
    environment: process.env,
    privacy: STRICT,
    diskPath: '/',
    instrumentations: [],
    packageFolders: () => [],
    notices: {
      info: () => {},
      warn: (text) => warnings.push(text),
      warnRarely: (_kind, text) => warnings.push(text),
    },
    record: (record) => records.push({ ...record, traceId: record.traceId }),
    pseudonymOf,
    otherSpan: () => otherSpans++,
  });
  const hooks = new ServerHooks({
    exclusions: new Exclusions(DEFAULT_IGNORED_PATHS),
    userOf: (_request, named) => (named === undefined ? undefined : pseudonymOf(named)),
    notMeasured: (kind) => {
      notMeasured[kind] = (notMeasured[kind] ?? 0) + 1;
    },
    onEnd: telemetry.exchangeEnded,
    now: Date.now,
    attach: telemetry.attach,
  });
  hooks.install();
  return () => {
    hooks.uninstall();
    return telemetry.shutdown();
  };
}

const loaded = when === 'before' ? await loadApplication() : undefined;
const stop = await start();
const { http, Koa, Router } = loaded ?? (await loadApplication());

const app = new Koa();
app.silent = true;
const router = new Router({ prefix: '/api' });
router.get('/users/:id', async (ctx) => {
  await pause(1);
  keepSpan();
  const span = trace.getActiveSpan();
  traceIds.set(String(ctx.query.n), span?.spanContext().traceId);
  span?.setAttribute('enduser.id', `user ${ctx.params.id}`);
  ctx.body = 'ok';
});
router.get('/boom', () => {
  throw new Error('boom');
});
const stalled = new AbortController();
router.get('/stalls', () => {
  stalled.abort();
  return new Promise(() => {});
});
router.get('/events', (ctx) => {
  ctx.respond = false;
  ctx.res.writeHead(200, { 'content-type': 'text/event-stream' });
  ctx.res.write('data: 1\n\n');
  setTimeout(() => ctx.res.end(), 20);
});
app.use(router.routes());

/** Keeps the span that the calling handler runs in. */
function keepSpan(): void {
  const span = trace.getActiveSpan();
  if (span !== undefined) spans.push(span as unknown as ReadableSpan);
}

const plain = http.createServer((request, response) => {
  keepSpan();
  if (request.url === '/throws') {
    process.once('uncaughtException', () => response.writeHead(500).end());
    throw new Error('thrown by a listener');
  }
  if (request.url === '/fails') {
    response.on('error', () => {});
    response.emit('error', new Error('an error of the response'));
  }
  setTimeout(() => response.end('plain'), 10);
});
plain.on('upgrade', (_request, socket) => {
  socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
});
const server = http.createServer(app.callback());
const listen = (one: NodeHttp.Server): Promise<number> =>
  new Promise((settle) => one.listen(0, '127.0.0.1', () => settle((one.address() as AddressInfo).port)));
const [koaPort, plainPort] = [await listen(server), await listen(plain)];

const get = async (port: number, path: string, init?: RequestInit): Promise<void> => {
  await fetch(`http://127.0.0.1:${port}${path}`, init).then(
    (response) => response.arrayBuffer(),
    () => {},
  );
};
const traceId = '0af7651916cd43dd8448eb211c80319c';
const HOSTILE: readonly Record<string, string>[] = [
  { traceparent: `00-${traceId}-b7ad6b7169203331-00` },
  { traceparent: `00-${traceId}-b7ad6b7169203331-00` },
  {
    traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    tracestate: Array.from({ length: 40 }, (_, n) => `k${n}=v`).join(),
  },
  { traceparent: '00-00000000000000000000000000000000-0000000000000000-01' },
  { traceparent: 'garbage', tracestate: '=,=,'.repeat(500) },
  { baggage: Array.from({ length: 100 }, (_, n) => `k${n}=${'v'.repeat(80)}`).join() },
];

for (const [n, headers] of [{}, ...HOSTILE].entries())
  await get(koaPort, `/api/users/17?n=${n}&token=secret`, { headers });
await get(koaPort, '/api/users/17?n=head', { method: 'HEAD' });
await get(koaPort, '/api/boom');
await get(koaPort, '/api/events');
await get(koaPort, '/nowhere/17');
await get(koaPort, '/healthz');
await get(koaPort, '/api/stalls', { signal: stalled.signal });
await get(plainPort, '/fails');
await get(plainPort, '/throws');
// A request of the application's own, which has a span of its own, and is a request to the plain server.
await new Promise((settle) =>
  http.get({ port: plainPort, path: '/called' }, (reply) => reply.resume().on('close', settle)),
);
await new Promise((settle) => {
  const socket = connect(plainPort, '127.0.0.1').resume().on('close', settle);
  socket.write('GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
});
for (let tries = 0; tries < 200 && records.length < REQUESTS; tries++) await pause(20);
await pause(20);

for (const one of [server, plain]) {
  one.closeAllConnections();
  one.close();
}
await stop();
process.stdout.write(
  JSON.stringify({
    lines: records
      .map(({ method, route, status, outcome }) => `${method} ${route} ${status} ${outcome}`)
      .sort(),
    users: [...new Set(records.filter(({ route }) => route === '/api/users/:id').map(({ user }) => user))],
    tracesOfHandlers: [...traceIds].map(([n, id]) => [n, records.some((record) => record.traceId === id)]),
    inCallersTrace: records.filter((record) => record.traceId === traceId).length,
    withoutTrace: records.filter((record) => record.traceId === undefined).map(({ route }) => route),
    secrets: JSON.stringify(records).includes('secret'),
    names: [
      ...new Set(spans.map(({ name, attributes }) => `${name}, ${attributes['http.route'] ?? 'no route'}`)),
    ],
    notMeasured,
    otherSpans,
    warnings,
  }),
);
