import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

/** Just above the second after which a body of unknown length counts as a stream. */
const LONG_MS = 1_050;

const EVENTS = { 'content-type': 'text/event-stream' };

/** What each path answers. */
const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/events': (response) => {
    response.writeHead(200, EVENTS);
    response.write('data: 1\n\n');
    setTimeout(() => response.end('data: 2\n\n'), 20);
  },
  '/endless-events': (response) => response.writeHead(200, EVENTS).write('data: 1\n\n'),
  '/events-by-set-header': (response) => {
    response.setHeader('Content-Type', 'Text/Event-Stream; charset=utf-8');
    response.write('data: 1\n\n');
  },
  '/events-as-a-list': (response) =>
    response
      .writeHead(200, ['Cache-Control', 'no-store', 'CONTENT-TYPE', 'text/event-stream'])
      .write('data: 1\n\n'),
  '/events-flushed': (response) => {
    for (const [name, value] of Object.entries(EVENTS)) response.setHeader(name, value);
    response.flushHeaders();
  },
  '/events-at-once': (response) => response.writeHead(200, EVENTS).end('data: 1\n\n'),
  '/events-to-come': (response) => response.writeHead(200, EVENTS),
  '/failed-events': (response) => response.writeHead(503, EVENTS).end('data: 1\n\n'),
  '/named-like-events': (response) =>
    response.writeHead(200, { 'x-was': 'content-type: text/event-stream' }).end('no stream'),
  '/chunks': (response) => {
    response.write('first');
    setTimeout(() => {
      response.write('more');
      response.end('last');
    }, LONG_MS);
  },
  '/endless-chunks': (response) => response.write('first'),
  '/known-length': (response) => {
    response.writeHead(200, { 'content-length': 9 }).write('first');
    setTimeout(() => response.end('last'), LONG_MS);
  },
  '/late': (response) => setTimeout(() => response.write('first', () => response.end('last')), LONG_MS),
  '/early-head': (response) => {
    response.writeHead(200);
    setTimeout(() => response.end('all'), LONG_MS);
  },
  '/flushed-head': (response) => {
    response.flushHeaders();
    setTimeout(() => response.end('all'), LONG_MS);
  },
  '/failing-chunks': (response) => {
    response.writeHead(500).write('first');
    setTimeout(() => response.end('last'), LONG_MS);
  },
  '/no-content': (response) => {
    response.writeHead(204).flushHeaders();
    setTimeout(() => response.end(), LONG_MS);
  },
};

let serving: Serving;
let watch: Watch;

beforeAll(async () => {
  serving = await serve((request, response) => ANSWERS[request.url ?? '']?.(response));
});
beforeEach(() => {
  watch = Watch.install();
});
afterEach(() => watch.hooks.uninstall());
afterAll(() => serving.close());

describe('an event stream is streamed', () => {
  it('when the server ends it', async () => {
    const client = new RawClient(serving.port, bare('GET /events'));
    await client.until(/0\r\n\r\n$/);
    expect(await watch.linesOf(1)).toEqual(['GET /events 200 streamed']);
    await client.leave();
  });

  it.each(['/endless-events', '/events-by-set-header', '/events-as-a-list', '/events-flushed'])(
    'when its client leaves: %s',
    async (path) => {
      const client = new RawClient(serving.port, bare(`GET ${path}`));
      await client.until(/\r\n\r\n/);
      await client.leave();
      expect(await watch.linesOf(1)).toEqual([`GET ${path} 200 streamed`]);
    },
  );

  it('when all of it is sent at once', async () => {
    const client = new RawClient(serving.port, bare('GET /events-at-once'));
    await client.until(/data: 1/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /events-at-once 200 streamed']);
  });

  it('when its client leaves before the first event, which the headers wait for', async () => {
    const received = once(serving.server, 'request');
    const client = new RawClient(serving.port, bare('GET /events-to-come'));
    await received;
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /events-to-come 200 streamed']);
  });

  it('but neither one that failed, nor the HEAD of one, nor a header that quotes its type', async () => {
    const client = new RawClient(
      serving.port,
      bare('GET /failed-events') + bare('HEAD /events') + bare('GET /named-like-events', 'Connection: close'),
    );
    await client.closed;
    expect(await watch.linesOf(3)).toEqual([
      'GET /failed-events 503 completed',
      'HEAD /events 200 completed',
      'GET /named-like-events 200 completed',
    ]);
  });
});

describe('a body of unknown length is streamed from a second after its headers', () => {
  it('and what else takes that long is not, nor what its client leaves', async () => {
    const left = new RawClient(serving.port, bare('GET /endless-chunks'));
    await left.until(/first/);
    const asked = [
      bare('GET /chunks'),
      bare('HEAD /chunks'),
      bare('GET /known-length'),
      bare('GET /late'),
      bare('GET /early-head'),
      bare('GET /flushed-head'),
      bare('GET /failing-chunks'),
      bare('GET /no-content'),
      'GET /chunks HTTP/1.0\r\n\r\n',
    ];
    const clients = asked.map((request) => new RawClient(serving.port, request));
    const lines = await watch.linesOf(asked.length);
    await Promise.all([left, ...clients].map((client) => client.leave()));
    expect(lines.toSorted()).toEqual([
      'GET /chunks 200 streamed',
      'GET /chunks 200 streamed',
      'GET /early-head 200 completed',
      'GET /failing-chunks 500 completed',
      'GET /flushed-head 200 streamed',
      'GET /known-length 200 completed',
      'GET /late 200 completed',
      'GET /no-content 204 completed',
      'HEAD /chunks 200 completed',
    ]);
    expect(await watch.linesOf(asked.length + 1)).toEqual([...lines, 'GET /endless-chunks 200 aborted']);
  });
});
