import type { RequestListener } from 'node:http';
import http2 from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { listenHttp2, openSession } from '../http2/serving-http2.ts';
import { bare, RawClient } from '../raw-client.ts';
import { type Serving, serve } from '../serving.ts';
import { Watch } from '../watching.ts';

/** A request that was broken off unanswered has Node's status from the start, 200: it taught the words of its path. */

const ZAPHOD = bare('POST /people/zaphod');
const UPGRADE = bare('GET /people/zaphod', 'Connection: Upgrade', 'Upgrade: echo');

let watch: Watch;
let serving: Serving;

beforeEach(() => {
  watch = Watch.install();
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

describe('of a path that nobody has answered at no word is kept:', () => {
  it.each<[string, RequestListener]>([
    ['left alone', () => {}],
    [
      'given a status, and no more',
      (_request, response) => {
        response.statusCode = 201;
      },
    ],
    ['told to go on, and no more', (_request, response) => response.writeContinue()],
    ['given early hints, and no more', (_request, response) => response.writeEarlyHints({ link: '</a>' })],
  ])('%s', async (_what, listener) => {
    let reached: () => void = () => {};
    const handled = new Promise<void>((settle) => {
      reached = settle;
    });
    serving = await serve((request, response) => {
      listener(request, response);
      reached();
    });
    const client = new RawClient(serving.port, ZAPHOD);
    await handled;
    await client.leave();
    expect(await watch.linesOf(1)).toEqual([
      expect.stringMatching(/^POST \/\{name\}\/\{name\} 20[01] aborted$/),
    ]);
  });

  it('behind another, in a pipeline', async () => {
    serving = await serve((request) => {
      if (request.method === 'POST') request.socket.destroy();
    });
    await new RawClient(serving.port, bare('GET /first') + ZAPHOD).closed;
    expect((await watch.linesOf(2)).toSorted()).toEqual([
      'GET /{name} 200 aborted',
      'POST /{name}/{name} 200 aborted',
    ]);
  });

  it('over HTTP/2', async () => {
    serving = await serve(() => {});
    const other = await listenHttp2(http2.createServer().on('stream', (stream) => stream.close()));
    const session = openSession(other.port);
    session.request({ ':method': 'POST', ':path': '/people/zaphod' }).on('error', () => {});
    expect(await watch.linesOf(1)).toEqual(['POST /{name}/{name} 200 aborted']);
    session.destroy();
    await other.close();
  });

  it('of an upgrade that is hung up on, whatever was answered on its connection before', async () => {
    serving = await serve((_request, response) => response.end('plain'));
    serving.server.on('upgrade', (_request, socket) => socket.destroy());
    const client = new RawClient(serving.port, bare('GET /before'));
    await client.until(/plain/);
    client.send(UPGRADE);
    await client.closed;
    expect(await watch.linesOf(2)).toEqual(['GET /before 200 completed', 'GET /{name}/{name} 101 streamed']);
  });
});

it('of an answer that has begun, words are kept', async () => {
  serving = await serve((_request, response) => response.writeHead(201).flushHeaders());
  const client = new RawClient(serving.port, ZAPHOD);
  await client.until(/201/);
  await client.leave();
  expect(await watch.linesOf(1)).toEqual(['POST /people/zaphod 201 aborted']);
});
