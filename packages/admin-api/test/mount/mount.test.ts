import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import Koa from 'koa';
import mount from 'koa-mount';
import { koaMiddleware, plainHandler } from '../../src/mount/mounts.ts';

const servers: Server[] = [];
const taken: (string | undefined)[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  taken.length = 0;
});

const answer: RequestListener = (request, response) => {
  response.writeHead(200, { 'X-Ours': 'yes' }).end(`ours: ${request.url}`);
};
const partsOf = (prefix: string, answering = answer) => ({
  prefix,
  answer: answering,
  onTaken: ({ url }: IncomingMessage) => void taken.push(url),
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @returns the answer; undefined where the connection ended without one */
async function get(port: number, path: string): Promise<Reply | undefined> {
  try {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() };
  } catch {
    return undefined;
  }
}

describe('a plain handler', () => {
  it('answers what is below its prefix, and hands everything else on', async () => {
    const handler = plainHandler(partsOf('/ops'));
    const port = await serve((request, response) => handler(request, response, () => response.end('theirs')));
    expect((await get(port, '/ops/summary?a=1'))?.body).toBe('ours: /ops/summary?a=1');
    expect((await get(port, '/opsy'))?.body).toBe('theirs');
    expect(taken).toEqual(['/ops/summary?a=1']);
  });

  it('answers 404 where there is nobody to hand on to', async () => {
    const port = await serve(plainHandler(partsOf('/ops')));
    expect(await get(port, '/api/performance/summary')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
      body: '{"type":"about:blank","title":"Not Found","status":404,"detail":"There is nothing at this path.","code":"not_found"}',
    });
    expect(taken).toEqual(['/api/performance/summary']);
  });

  it('lets what the application’s own `next` throws through', () => {
    const handler = plainHandler(partsOf('/ops'));
    const next = (): never => {
      throw new Error('of the application');
    };
    expect(() =>
      handler({ url: '/' } as IncomingMessage, {} as Parameters<RequestListener>[1], next),
    ).toThrow('of the application');
  });

  it('leaves a response alone that has begun', async () => {
    const handed: string[] = [];
    const handler = plainHandler(partsOf('/'));
    const port = await serve((request, response) => {
      response.writeHead(201, { 'Content-Type': 'text/plain' }).write('first, ');
      handler(request, response, () => void handed.push('on'));
      handler(request, response);
      response.end('last');
    });
    const reply = await fetch(`http://127.0.0.1:${port}/summary`);
    expect([reply.status, await reply.text()]).toEqual([201, 'first, last']);
    expect(handed).toEqual(['on']);
    expect(taken).toEqual([]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('of ours');
      },
    ],
    ['rejects', () => Promise.reject(new Error('of ours'))],
  ])('ends the connection where what answers %s, and no more', async (_how, failing) => {
    const port = await serve(plainHandler(partsOf('/', failing as RequestListener)));
    expect(await get(port, '/summary')).toBeUndefined();
  });

  it('says nothing of what the application runs with, and keeps what is for its security', async () => {
    const app = express();
    app.use((_request, response, next) => {
      response.set({
        'Content-Type': 'text/html',
        ETag: '"a"',
        'Access-Control-Allow-Origin': '*',
        'X-Frame-Options': 'DENY',
      });
      next();
    });
    app.use('/deep', plainHandler(partsOf('/ops')));
    app.use(plainHandler(partsOf('/ops')));
    const port = await serve(app);
    for (const path of ['/ops/summary', '/deep/ops/summary']) {
      const reply = await get(port, path);
      expect(reply).toMatchObject({
        body: 'ours: /ops/summary',
        headers: { 'x-ours': 'yes', 'x-frame-options': 'DENY' },
      });
      expect(Object.keys(reply?.headers ?? {}).sort()).toEqual([
        'connection',
        'date',
        'keep-alive',
        'transfer-encoding',
        'x-frame-options',
        'x-ours',
      ]);
    }
  });
});

describe('the Koa middleware', () => {
  const appWith = (...middleware: Koa.Middleware[]): Koa => {
    const app = new Koa();
    app.silent = true;
    for (const one of middleware) app.use(one);
    app.use((ctx) => {
      ctx.body = `theirs: ${ctx.path}`;
    });
    return app;
  };

  it('answers what is below its prefix, and hands everything else on', async () => {
    const port = await serve(appWith(koaMiddleware(partsOf('/ops'))).callback());
    expect(await get(port, '/ops/summary')).toMatchObject({ status: 200, body: 'ours: /ops/summary' });
    expect((await get(port, '/users'))?.body).toBe('theirs: /users');
  });

  it('works below koa-mount, which takes the path away for as long as it is answered', async () => {
    const slowly: RequestListener = async (request, response) => {
      await new Promise((settle) => setTimeout(settle, 20));
      answer(request, response);
    };
    const after: string[] = [];
    const port = await serve(
      appWith(
        async (ctx, next) => {
          await next();
          after.push(ctx.path);
        },
        mount('/deep', koaMiddleware(partsOf('/ops', slowly))),
      ).callback(),
    );
    expect((await get(port, '/deep/ops/summary'))?.body).toBe('ours: /ops/summary');
    expect((await get(port, '/deep/users'))?.body).toBe('theirs: /deep/users');
    expect(after).toEqual(['/deep/ops/summary', '/deep/users']);
  });

  it('resolves when the response has closed, also where its reader leaves', async () => {
    const timed: string[] = [];
    const never: RequestListener = (_request, response) => void response.write('data: 1\n\n');
    const port = await serve(
      appWith(
        async (ctx, next) => {
          await next();
          timed.push(ctx.res.destroyed ? 'closed' : 'open');
        },
        koaMiddleware(partsOf('/', never)),
      ).callback(),
    );
    const leaving = new AbortController();
    const reply = await fetch(`http://127.0.0.1:${port}/live`, { signal: leaving.signal });
    await reply.body?.getReader().read();
    expect(timed).toEqual([]);
    leaving.abort();
    for (let tries = 0; tries < 100 && timed.length === 0; tries++)
      await new Promise((settle) => setTimeout(settle, 10));
    expect(timed).toEqual(['closed']);
  });
});
