import { once } from 'node:events';
import http2, { type ServerHttp2Stream } from 'node:http2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Watch } from '../watching.ts';
import { ask, listenHttp2, openSession, type ServingHttp2 } from './serving-http2.ts';

/** Just above the second after which a body of unknown length counts as a stream. */
const LONG_MS = 1_050;

const EVENTS = { 'content-type': 'text/event-stream' };

/** What each path is answered by one that listens for streams. */
const ANSWERS: Readonly<Record<string, (stream: ServerHttp2Stream) => void>> = {
  '/users/17': (stream) => {
    stream.respond({ ':status': 201 });
    stream.end('user');
  },
  '/no-body': (stream) => stream.respond({ ':status': 302 }, { endStream: true }),
  '/file': (stream) => stream.respondWithFile(import.meta.filename, {}),
  '/large-file': (stream) => stream.respondWithFile(process.execPath, {}),
  '/ticks': (stream) => {
    stream.respond({ 'Content-Type': 'Text/Event-Stream' });
    stream.write('data: 1\n\n');
    setTimeout(() => stream.end(), 10);
  },
  '/events-failed': (stream) => {
    stream.respond({ ':status': 503, ...EVENTS });
    stream.end();
  },
  '/trailers': (stream) => {
    stream.respond({}, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '1' }));
    stream.end('with trailers');
  },
  '/pushes': (stream) => {
    stream.pushStream({ ':path': '/pushed.css' }, (_error, pushed) => {
      pushed.respond({});
      pushed.end('css');
    });
    stream.respond({});
    stream.end('page');
  },
  '/chunks': (stream) => {
    stream.respond({});
    stream.write('first');
    setTimeout(() => stream.end('last'), LONG_MS);
  },
  '/known-length': (stream) => {
    stream.respond({ 'Content-Length': 9 });
    stream.write('first');
    setTimeout(() => stream.end('last'), LONG_MS);
  },
  '/late': (stream) =>
    setTimeout(() => {
      stream.respond({});
      stream.end('all');
    }, LONG_MS),
};

let serving: ServingHttp2;
let watch: Watch;
let session: http2.ClientHttp2Session;

beforeAll(async () => {
  serving = await listenHttp2(
    http2.createServer({ settings: { enableConnectProtocol: true } }).on('stream', (stream, headers) => {
      stream.on('error', () => {});
      if (headers[':method'] !== 'CONNECT') ANSWERS[String(headers[':path'])]?.(stream);
      else if (headers[':authority'] === 'refused') stream.respond({ ':status': 403 }, { endStream: true });
      else {
        stream.respond({});
        stream.pipe(stream);
      }
    }),
  );
});
beforeEach(() => {
  watch = Watch.install();
  session = openSession(serving.port);
});
afterEach(() => {
  watch.hooks.uninstall();
  session.destroy();
});
afterAll(() => serving.close());

describe('to an application that listens for streams', () => {
  it.each([
    ['GET', '/users/17', 'GET /users/{id} 201 completed'],
    ['HEAD', '/users/17', 'HEAD /users/{id} 201 completed'],
    ['GET', '/no-body', 'GET /no-body 302 completed'],
    ['GET', '/file', 'GET /file 200 completed'],
    ['GET', '/ticks', 'GET /ticks 200 streamed'],
    ['GET', '/events-failed', 'GET /events-failed 503 completed'],
    ['GET', '/trailers', 'GET /trailers 200 completed'],
    ['GET', '/pushes', 'GET /pushes 200 completed'],
    ['HEAD', '/chunks', 'HEAD /chunks 200 completed'],
  ])('%s %s is counted as %s', async (method, path, line) => {
    await ask(session, { ':method': method, ':path': path });
    expect(await watch.linesOf(1)).toEqual([line]);
    expect(watch.notMeasured).toEqual({});
  });

  it('a body of unknown length that is written for long is a stream, and no other', async () => {
    await Promise.all(['/chunks', '/known-length', '/late'].map((path) => ask(session, { ':path': path })));
    expect((await watch.linesOf(3)).sort()).toEqual([
      'GET /chunks 200 streamed',
      'GET /known-length 200 completed',
      'GET /late 200 completed',
    ]);
  });

  it('a file that a client has not taken in whole is aborted', async () => {
    const stream = session.request({ ':path': '/large-file' }).on('error', () => {});
    await once(stream, 'response');
    setTimeout(() => stream.close(http2.constants.NGHTTP2_CANCEL), 20);
    expect(await watch.linesOf(1)).toEqual(['GET /large-file 200 aborted']);
  });

  it('a tunnel is one conversation, from its request to its end', async () => {
    const tunnel = session.request({ ':method': 'CONNECT', ':authority': 'test' });
    tunnel.write('ping');
    await once(tunnel, 'data');
    tunnel.end();
    expect(await watch.linesOf(1)).toEqual(['CONNECT * 200 streamed']);
  });

  it('a WebSocket is one conversation, at its path', async () => {
    await once(session, 'remoteSettings');
    const headers = {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':path': '/users/17',
      ':scheme': 'http',
    };
    const socket = session.request({ ...headers, ':authority': 'test' }).on('error', () => {});
    socket.write('ping');
    await once(socket, 'data');
    session.destroy();
    expect(await watch.linesOf(1)).toEqual([expect.stringMatching(/^CONNECT \/.+ 200 streamed$/)]);
  });

  it('a tunnel that is refused is a completed answer', async () => {
    await ask(session, { ':method': 'CONNECT', ':authority': 'refused' });
    expect(await watch.linesOf(1)).toEqual(['CONNECT * 403 completed']);
  });
});
