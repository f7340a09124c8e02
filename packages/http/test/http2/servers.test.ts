import { once } from 'node:events';
import http2 from 'node:http2';
import { createServer } from 'node:net';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bare, RawClient } from '../raw-client.ts';
import { SELF_SIGNED } from '../self-signed.ts';
import { Watch } from '../watching.ts';
import { requestAndReset, SETTINGS_AND_PREFACE } from './frames.ts';
import { ask, listenHttp2, openSession, type ServingHttp2 } from './serving-http2.ts';

let watch: Watch;
let serving: ServingHttp2 | ServingHttp2<http2.Http2SecureServer>;

beforeEach(() => {
  watch = Watch.install({ userOf: (request) => request.headers.authorization?.toString() });
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

const answer: Parameters<typeof http2.createServer>[1] = (request, response) => {
  request.on('error', () => {});
  response.end(request.url);
};

describe('a server of HTTP/2 over TLS that speaks HTTP/1 as well', () => {
  beforeEach(async () => {
    serving = await listenHttp2(http2.createSecureServer({ ...SELF_SIGNED, allowHTTP1: true }, answer));
  });

  it('has the requests of both counted, each once', async () => {
    const session = http2.connect(`https://localhost:${serving.port}`, { ca: SELF_SIGNED.cert });
    await ask(session, { ':path': '/users/1' });
    session.destroy();
    await speakHttp1(bare('GET /users/2') + bare('GET /users/3', 'Connection: close'));
    expect(await watch.linesOf(3)).toEqual(Array.from({ length: 3 }, () => 'GET /users/{id} 200 completed'));
    expect(watch.notMeasured).toEqual({});
  });

  it('has what Node refuses of HTTP/1 counted as rejected', async () => {
    await speakHttp1('no HTTP\r\n\r\n');
    await speakHttp1('GET / HTTP/1.1\r\n\r\n');
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({ 'rejected 400': 2 });
  });

  it('has an upgraded connection counted as a conversation', async () => {
    serving.server.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    );
    await speakHttp1(bare('GET /socket', 'Connection: Upgrade', 'Upgrade: websocket'));
    expect(await watch.linesOf(1)).toEqual(['GET /socket 101 streamed']);
  });

  async function speakHttp1(text: string): Promise<void> {
    const socket = connect({
      port: serving.port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: SELF_SIGNED.cert,
      ALPNProtocols: ['http/1.1'],
    });
    socket.on('error', () => {}).resume();
    await once(socket, 'secureConnect');
    socket.write(text);
    await once(socket, 'close');
  }
});

describe('a server of plain HTTP/2', () => {
  it('is measured with servers and sessions that are older than the hooks', async () => {
    watch.hooks.uninstall();
    serving = await listenHttp2(http2.createServer(answer));
    const session = openSession(serving.port);
    await ask(session, { ':path': '/before' });
    watch = Watch.install();
    await ask(session, { ':path': '/after' });
    expect(await watch.linesOf(1)).toEqual(['GET /after 200 completed']);
    watch.hooks.uninstall();
    await ask(session, { ':path': '/afterwards' });
    expect(await watch.linesOf(1)).toEqual(['GET /after 200 completed']);
    session.destroy();
  });

  it('is left as it was once the hooks are gone', async () => {
    let stream: object = {};
    serving = await listenHttp2(
      http2.createServer(answer).on('stream', (heard) => {
        stream = heard;
      }),
    );
    const session = openSession(serving.port);
    await ask(session, { ':path': '/' });
    session.destroy();
    watch.hooks.uninstall();
    for (const name of ['emit', 'end'])
      expect(Object.hasOwn(Object.getPrototypeOf(stream), name)).toBe(false);
    expect(Object.hasOwn(Object.getPrototypeOf(http2.createServer()), 'emit')).toBe(false);
  });

  it('tells who asks, of requests and of streams', async () => {
    serving = await listenHttp2(http2.createServer(answer));
    const streams = await listenHttp2(
      http2.createServer().on('stream', (stream) => stream.respond({}, { endStream: true })),
    );
    for (const { port } of [serving, streams]) {
      const session = openSession(port);
      await ask(session, { ':path': '/', authorization: 'ada' });
      session.destroy();
    }
    await watch.linesOf(2);
    expect(watch.ended.map(({ user }) => user)).toEqual(['ada', 'ada']);
    await streams.close();
  });

  it('that is our own is left out', async () => {
    serving = await listenHttp2(http2.createServer(answer));
    watch.hooks.hide(serving.server);
    const session = openSession(serving.port);
    await ask(session, { ':path': '/' });
    session.destroy();
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({ 'admin-api': 1 });
  });
});

describe('a flood', () => {
  it('of requests that are reset at once is counted, each one that the application was given', async () => {
    let given = 0;
    serving = await listenHttp2(
      http2.createServer(answer).on('stream', (stream) => {
        stream.on('error', () => {});
        given++;
      }),
    );
    const client = new RawClient(serving.port, SETTINGS_AND_PREFACE);
    const frames = Array.from({ length: 3_000 }, (_, n) => requestAndReset(2 * n + 1));
    client.send(frames.join(''));
    await Promise.race([client.closed, watch.until(() => watch.ended.length >= 1_000)]);
    await client.leave();
    await watch.until(() => watch.ended.length === given);
    expect(given).toBeGreaterThan(500);
    expect(new Set(await watch.linesOf(given))).toEqual(new Set(['GET / 200 aborted']));
    expect(watch.lines).toHaveLength(given);
  });

  it('of bytes that are no frames harms nobody', async () => {
    serving = await listenHttp2(http2.createServer(answer).on('sessionError', () => {}));
    for (const bytes of [
      'no preface at all',
      `${SETTINGS_AND_PREFACE}\x00\x00\xff\x01\x25`,
      SETTINGS_AND_PREFACE + '\xff'.repeat(64),
    ]) {
      const client = new RawClient(serving.port, bytes);
      client.socket.end();
      await client.closed;
    }
    const session = openSession(serving.port);
    expect(await ask(session, { ':path': '/' })).toEqual({ status: 200, body: '/' });
    session.destroy();
    expect(await watch.linesOf(1)).toEqual(['GET / 200 completed']);
    expect(watch.notMeasured).toEqual({});
  });
});

it('events of other servers that are named alike are left alone', async () => {
  serving = await listenHttp2(http2.createServer(answer));
  const other = createServer();
  for (const event of ['stream', 'request', 'connect', 'upgrade', 'clientError', 'secureConnection'])
    for (const args of [[], [null], ['text', {}], [{ stream: null }], [{ respond: true }, null]])
      other.emit(event, ...args);
  expect(watch.lines).toEqual([]);
  expect(watch.notMeasured).toEqual({});
});
