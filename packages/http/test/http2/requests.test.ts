import { once } from 'node:events';
import http2, { type Http2ServerResponse } from 'node:http2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Watch } from '../watching.ts';
import { ask, listenHttp2, openSession, type ServingHttp2 } from './serving-http2.ts';

/** More than a client takes in that does not read. */
const LARGE = 'x'.repeat(1_000_000);

const EVENTS = { 'content-type': 'text/event-stream' };

/** What each path is answered by an application that listens for requests. */
const ANSWERS: Readonly<Record<string, (response: Http2ServerResponse) => void>> = {
  '/users/17?secret=1': (response) => response.end('user'),
  '/missing': (response) => response.writeHead(404).end('none'),
  '/fails': (response) => response.writeHead(503).end('failed'),
  '/nothing': (response) => response.writeHead(204).end(),
  '/hints': (response) => {
    response.writeEarlyHints({ link: '</a.css>; rel=preload' });
    response.end('after hints');
  },
  '/events': (response) => void response.writeHead(200, EVENTS).write('data: 1\n\n'),
  '/trailers': (response) => {
    response.addTrailers({ 'x-sum': '1' });
    response.end('with trailers');
  },
  '/resets': (response) => response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR),
  '/breaks-off': (response) => {
    response.write('first');
    setTimeout(() => response.stream.close(http2.constants.NGHTTP2_INTERNAL_ERROR), 10);
  },
  '/never': () => {},
  '/begins': (response) => void response.write('first'),
  '/large': (response) => response.end(LARGE),
  '/throws-away': (response) => response.stream.session?.destroy(),
};

let serving: ServingHttp2;
let watch: Watch;
let session: http2.ClientHttp2Session;

beforeAll(async () => {
  serving = await listenHttp2(
    http2.createServer((request, response) => {
      request.on('error', () => {});
      response.stream.on('error', () => {});
      ANSWERS[request.url]?.(response);
    }),
  );
});
beforeEach(() => {
  watch = Watch.install({ ignoredPaths: ['/healthz'] });
  session = openSession(serving.port);
});
afterEach(() => {
  watch.hooks.uninstall();
  session.destroy();
});
afterAll(() => serving.close());

describe('to an application that listens for requests', () => {
  it.each([
    ['GET', '/users/17?secret=1', 'GET /users/{id} 200 completed'],
    ['HEAD', '/users/17?secret=1', 'HEAD /users/{id} 200 completed'],
    ['QUERY', '/users/17?secret=1', '_OTHER /users/{id} 200 completed'],
    ['GET', '/missing', 'GET /{name} 404 completed'],
    ['GET', '/fails', 'GET /fails 503 completed'],
    ['GET', '/nothing', 'GET /nothing 204 completed'],
    ['GET', '/hints', 'GET /hints 200 completed'],
    ['GET', '/trailers', 'GET /trailers 200 completed'],
    ['GET', '/resets', 'GET /{name} 200 aborted'],
    ['GET', '/breaks-off', 'GET /breaks-off 200 aborted'],
    ['GET', '/throws-away', 'GET /{name} 200 aborted'],
  ])('%s %s is counted as %s', async (method, path, line) => {
    await ask(session, { ':method': method, ':path': path });
    expect(await watch.linesOf(1)).toEqual([line]);
    expect(watch.notMeasured).toEqual({});
  });

  it('many at once on a connection are each counted, with their bodies', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, () =>
        ask(session, { ':method': 'POST', ':path': '/users/17?secret=1' }, 'body'),
      ),
    );
    expect(replies).toEqual(Array.from({ length: 50 }, () => ({ status: 200, body: 'user' })));
    expect(await watch.linesOf(50)).toEqual(
      Array.from({ length: 50 }, () => 'POST /users/{id} 200 completed'),
    );
  });

  it.each([
    ['before the answer', '/never', 'GET /{name} 200 aborted'],
    ['in the middle of the answer', '/begins', 'GET /begins 200 aborted'],
    ['with the answer on its way', '/large', 'GET /large 200 aborted'],
    ['from an event stream', '/events', 'GET /events 200 streamed'],
  ])('a client that resets its stream %s', async (_when, path, line) => {
    const stream = session.request({ ':path': path }).on('error', () => {});
    if (path !== '/never') await once(stream, 'response');
    setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), 20);
    expect(await watch.linesOf(1)).toEqual([line]);
  });

  it.each([
    ['/never', 'GET /{name} 200 aborted'],
    ['/begins', 'GET /begins 200 aborted'],
    ['/large', 'GET /large 200 aborted'],
    ['/events', 'GET /events 200 streamed'],
  ])('a client whose connection dies at %s', async (path, line) => {
    const stream = session.request({ ':path': path }).on('error', () => {});
    await (path === '/never' ? once(session, 'localSettings') : once(stream, 'response'));
    setTimeout(() => session.socket?.destroy(), 20);
    expect(await watch.linesOf(1)).toEqual([line]);
  });

  it('the rest of a body that nobody waits for is no abort', async () => {
    const stream = session.request({ ':method': 'POST', ':path': '/missing' }).on('error', () => {});
    stream.write('a part');
    await once(stream.resume(), 'end');
    stream.close(http2.constants.NGHTTP2_NO_ERROR);
    expect(await watch.linesOf(1)).toEqual(['POST /{name} 404 completed']);
  });

  it('an expectation is one request', async () => {
    expect(await ask(session, { ':path': '/fails', expect: '100-continue' })).toMatchObject({ status: 503 });
    expect(await watch.linesOf(1)).toEqual(['GET /fails 503 completed']);
  });

  it('what Node answers by itself is a completed answer', async () => {
    await ask(session, { ':path': '/fails', expect: 'a-miracle' });
    await ask(session, { ':method': 'CONNECT', ':authority': 'test' });
    expect(await watch.linesOf(2)).toEqual([
      expect.stringMatching(/^GET .+ 417 completed$/),
      'CONNECT * 405 completed',
    ]);
  });

  it('what is excluded is counted apart', async () => {
    const stream = session.request({ ':path': '/healthz' }).on('error', () => {});
    await watch.until(() => watch.notMeasured['excluded /healthz'] === 1);
    stream.close();
    expect(await watch.linesOf(0)).toEqual([]);
  });
});
