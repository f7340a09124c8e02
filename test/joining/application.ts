import { once } from 'node:events';
import type * as NodeHttp from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type Router from '@koa/router';
import type Koa from 'koa';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';

/** What an application uses of OpenTelemetry: the parts of its own copies. */
export interface OpenTelemetry {
  readonly NodeSDK: new (options: object) => { start(): void; shutdown(): Promise<void> };
  readonly HttpInstrumentation: new () => object;
  readonly trace: {
    getTracer(name: string): {
      startActiveSpan<T>(name: string, run: (span: { end(): void }) => T): T;
    };
    getActiveSpan(): { setAttribute(name: string, value: string): unknown } | undefined;
  };
}

const require = createRequire(import.meta.url);

/**
 * A service that traces itself: `<before|after|without>` says when, besides, tacho is set up. Its own instrumentation
 * hooks `require`, so what it is to see is loaded that way, and after it.
 */
export async function serve({ NodeSDK, HttpInstrumentation, trace }: OpenTelemetry): Promise<void> {
  const order = process.argv[2];
  const early = trace.getTracer('application');
  if (order === 'after') await setUpTacho();
  const sdk = new NodeSDK({ instrumentations: [new HttpInstrumentation()] });
  sdk.start();
  if (order === 'before') await setUpTacho();

  const http = require('node:http') as typeof NodeHttp;
  const upstream = http.createServer((_request, response) => response.end('from upstream'));
  const upstreamPort = await portOf(upstream);
  const call = async (): Promise<void> => {
    const [reply] = (await once(http.get({ port: upstreamPort, path: '/upstream' }), 'response')) as [
      NodeHttp.IncomingMessage,
    ];
    await once(reply.resume(), 'end');
  };
  const server = http.createServer(await application(trace, early, call));
  process.once('SIGTERM', () => void sdk.shutdown().then(() => process.exit()));
  ready({ http: await portOf(server), upstream: upstreamPort }, { idle: () => whenIdle([server, upstream]) });
}

async function setUpTacho(): Promise<void> {
  const { startMonitoring } = await import('tacho');
  startMonitoring();
}

async function application(
  trace: OpenTelemetry['trace'],
  early: ReturnType<OpenTelemetry['trace']['getTracer']>,
  call: () => Promise<void>,
): Promise<NodeHttp.RequestListener> {
  const KoaClass = require('koa') as typeof Koa;
  const RouterClass = require('@koa/router') as typeof Router;
  const app = new KoaClass();
  app.silent = true;
  const router = new RouterClass();
  router.get('/users/:id', async (ctx) => {
    trace.getActiveSpan()?.setAttribute('enduser.id', `user ${ctx.params.id}`);
    await early.startActiveSpan('early', async (span) => {
      await call();
      span.end();
    });
    trace.getTracer('later').startActiveSpan('later', (span) => span.end());
    ctx.body = ctx.params.id;
  });
  router.post('/users', async (ctx) => {
    for await (const _part of ctx.req) await call();
    ctx.status = 201;
  });
  router.get('/fails', () => {
    throw new Error('failed');
  });
  app.use(router.routes());
  return app.callback();
}

async function portOf(server: NodeHttp.Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
