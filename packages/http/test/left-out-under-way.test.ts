import type { IncomingMessage, ServerResponse } from 'node:http';
import http2 from 'node:http2';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, listenHttp2, openSession } from './http2/serving-http2.ts';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Traces } from './traces.ts';
import { Watch, type WatchOptions } from './watching.ts';

let watch: Watch;
const closing: { close(): Promise<void> }[] = [];

/** Leaves out what is below `/own`, as one does who answers it. */
async function serveOwn(
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
  options?: WatchOptions,
): Promise<Serving> {
  watch = Watch.install(options);
  const serving = await serve((request, response) => {
    if (request.url?.startsWith('/own')) watch.hooks.leaveOut(request);
    answer(request, response);
  });
  closing.push(serving);
  return serving;
}

afterEach(async () => {
  watch.hooks.uninstall();
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

const get = async (port: number, path: string, init?: RequestInit): Promise<string> =>
  (await fetch(`http://127.0.0.1:${port}${path}`, init)).text();

describe('a request that is left out under way', () => {
  it('is in no statistics, and counted as `admin-api`, on a connection whose other requests are measured', async () => {
    const { port } = await serveOwn((request, response) => response.end(request.url));
    const client = new RawClient(
      port,
      ['/first', '/own/summary', '/second', '/own/users', '/third']
        .map((path) => bare(`GET ${path}`))
        .join(''),
    );
    await client.until(/\/third$/);
    await client.leave();
    const measured = ['/first', '/second', '/third'];
    expect(await watch.linesOf(3)).toEqual(measured.map((path) => `GET ${path} 200 completed`));
    expect(watch.notMeasured).toEqual({ 'admin-api': 2 });
  });

  it('teaches no words: what answers there is no template of the application', async () => {
    const { port } = await serveOwn((request, response) => {
      response.statusCode = request.headers['x-missing'] === undefined ? 200 : 404;
      response.end();
    });
    await get(port, '/own/summary');
    watch.hooks.uninstall();
    watch.hooks.install();
    await get(port, '/other');
    await get(port, '/else/summary', { headers: { 'x-missing': '1' } });
    expect(await watch.linesOf(2)).toEqual(['GET /other 200 completed', 'GET /{name}/{name} 404 completed']);
  });

  it.each([
    ['fails', (response: ServerResponse) => response.writeHead(503).end('no')],
    [
      'is a stream that its reader leaves',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n'),
    ],
    [
      'is broken off',
      (response: ServerResponse) => response.writeHead(200, { 'content-length': 9 }).write('no'),
    ],
    ['is never answered', () => {}],
  ])('leaves nothing behind where it %s', async (_how, answer) => {
    const { port } = await serveOwn((_request, response) => answer(response));
    const client = new RawClient(port, bare('GET /own/live'));
    await watch.until(() => watch.notMeasured['admin-api'] === 1);
    await client.leave();
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({ 'admin-api': 1 });
  });

  it('leaves nothing behind where it waited for its turn when the connection went', async () => {
    const { port } = await serveOwn(() => {});
    const client = new RawClient(
      port,
      `${bare('GET /slow')}${bare('GET /own/summary')}${bare('GET /slower')}`,
    );
    await watch.until(() => watch.notMeasured['admin-api'] === 1);
    await client.leave();
    expect(await watch.linesOf(2)).toEqual(['GET /{name} 200 aborted', 'GET /{name} 200 aborted']);
  });

  it('is counted once, whoever leaves it out how often, and not where it is left out anyway', async () => {
    const { port } = await serveOwn(
      (request, response) => {
        for (let n = 0; n < 3; n++) watch.hooks.leaveOut(request);
        response.end();
      },
      { ignoredPaths: ['/own/ignored'] },
    );
    await get(port, '/own/ignored');
    await get(port, '/own/summary');
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({ 'excluded /own/ignored': 1, 'admin-api': 1 });
  });

  it('counts as measured once it has ended', async () => {
    const { port } = await serveOwn((request, response) => {
      response.once('close', () => watch.hooks.leaveOut(request));
      response.end();
    });
    await get(port, '/late');
    expect(await watch.linesOf(1)).toEqual(['GET /late 200 completed']);
    expect(watch.notMeasured).toEqual({});
  });

  it.each([
    ['nothing', undefined],
    ['a request that was never seen', {}],
    ['one that can’t be read', unreadable()],
  ])('harms nobody where it is %s', async (_what, request) => {
    await serveOwn(() => {});
    watch.hooks.leaveOut(request as IncomingMessage);
    expect(watch.notMeasured).toEqual({});
  });
});

describe('the trace of a request that is left out under way', () => {
  it('is told, and neither that it ended nor that it failed', async () => {
    const traces = new Traces();
    const leftOut: string[] = [];
    const active: string[] = [];
    const { port } = await serveOwn(
      (request, response) => {
        response.on('error', () => active.push(traces.active));
        response.emit('error', new Error('of the response'));
        response.end(request.url);
      },
      { tracing: traces, leaveOut: ({ path }) => leftOut.push(path) },
    );
    await get(port, '/own/summary');
    await get(port, '/users');
    await watch.linesOf(1);
    expect(leftOut).toEqual(['/own/summary']);
    expect(active).toEqual(['left out', 'GET /users']);
    expect(traces.told).toEqual(['GET /users failed: of the response', 'GET /users ended: 200']);
  });
});

describe('a request of HTTP/2 that is left out under way', () => {
  it('is in no statistics, and counted as `admin-api`', async () => {
    watch = Watch.install();
    const serving = await listenHttp2(
      http2.createServer((request, response) => {
        if (request.url.startsWith('/own')) watch.hooks.leaveOut(request as unknown as IncomingMessage);
        response.end(request.url);
      }),
    );
    closing.push(serving);
    const session = openSession(serving.port);
    for (const path of ['/own/summary', '/users', '/own/live'])
      expect(await ask(session, { ':path': path })).toEqual({ status: 200, body: path });
    session.destroy();
    expect(await watch.linesOf(1)).toEqual(['GET /users 200 completed']);
    expect(watch.notMeasured).toEqual({ 'admin-api': 2 });
  });
});

/** Something that throws, whatever is asked of it. */
function unreadable(): object {
  return new Proxy(
    {},
    {
      get: () => {
        throw new Error('not to be read');
      },
    },
  );
}
