import { EventEmitter, once } from 'node:events';
import http from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Traces } from './traces.ts';
import { Watch } from './watching.ts';

let watch: Watch;
let traces: Traces;
let serving: Serving;

async function serveTraced(listener: http.RequestListener, given = new Traces()): Promise<void> {
  traces = given;
  watch = Watch.install({
    ignoredPaths: ['/healthz'],
    userOf: (_request, named) => named,
    tracing: traces,
  });
  serving = await serve(listener);
}

afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

const ask = async (path: string, init?: RequestInit): Promise<string> =>
  (await fetch(`http://127.0.0.1:${serving.port}${path}`, init)).text();

/** Notes what is active when each event comes, under the event's name. */
function note(
  seen: Map<string, string>,
  what: string,
  emitter: EventEmitter,
  events: readonly string[],
): void {
  for (const event of events) emitter.on(event, () => seen.set(`${what} ${event}`, traces.active));
}

describe('the context of a request is active', () => {
  it('in its listener and what that begins', async () => {
    const seen: string[] = [];
    await serveTraced(async (_request, response) => {
      seen.push(traces.active);
      await pause(1);
      seen.push(traces.active);
      setImmediate(() => {
        seen.push(traces.active);
        response.end();
      });
    });
    await Promise.all(['/a', '/b', '/c'].map((path) => ask(path)));
    expect(seen.sort()).toEqual(['/a', '/b', '/c'].flatMap((path) => new Array(3).fill(`GET ${path}`)));
    expect(traces.active).toBe('nothing');
  });

  it('in every listener of the request and of the response, whenever it was added and whoever emits', async () => {
    const seen = new Map<string, string>();
    const outside = new EventEmitter();
    await serveTraced((request, response) => {
      note(seen, 'request', request, ['end', 'close', 'own']);
      note(seen, 'response', response, ['finish', 'close', 'pipe', 'own']);
      outside.once('later', () => {
        note(seen, 'late', request, ['data']);
        note(seen, 'late', response, ['finish', 'close']);
        request.emit('own');
        response.emit('own');
        request.pipe(response);
      });
    });
    const asked = ask('/a', { method: 'POST', body: 'x'.repeat(200_000) });
    await once(serving.server, 'request');
    await pause(20);
    outside.emit('later');
    expect(await asked).toHaveLength(200_000);
    await watch.linesOf(1);
    expect(Object.fromEntries(seen)).toEqual(
      Object.fromEntries(
        [
          ...['request end', 'request close', 'request own'],
          ...['response pipe', 'response finish', 'response close', 'response own'],
          ...['late data', 'late finish', 'late close'],
        ].map((name) => [name, 'POST /a']),
      ),
    );
  });

  it('of each request of a pipeline, its own', async () => {
    const seen = new Map<string, string>();
    await serveTraced((request, response) => {
      note(seen, `${request.url}`, response, ['finish', 'close']);
      setTimeout(() => response.end(request.url), request.url === '/1' ? 30 : 0);
    });
    const client = new RawClient(
      serving.port,
      ['/1', '/2', '/3'].map((path) => bare(`GET ${path}`)).join(''),
    );
    await client.until(/\/3$/);
    await watch.linesOf(3);
    await client.leave();
    for (const path of ['/1', '/2', '/3'])
      expect([seen.get(`${path} finish`), seen.get(`${path} close`)]).toEqual([`GET ${path}`, `GET ${path}`]);
  });

  it('in the listeners of one that is given up', async () => {
    const seen = new Map<string, string>();
    await serveTraced((request, response) => {
      note(seen, 'request', request, ['aborted', 'close']);
      note(seen, 'response', response, ['close']);
      request.on('error', () => seen.set('request error', traces.active));
    });
    const client = new RawClient(serving.port, 'POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx');
    await once(serving.server, 'request');
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['POST /{name} 200 aborted']);
    expect(new Set(seen.values())).toEqual(new Set(['POST /a']));
    expect(seen.size).toBe(4);
    expect(traces.told).toEqual(['POST /a ended: 200']);
  });

  it('and what is nested in it stays: a request of its own that it sends, and the reply to that', async () => {
    const seen: string[] = [];
    await serveTraced((request, response) => {
      if (request.url !== '/outer') return void response.end('inner');
      http.get({ port: serving.port, path: '/inner' }, (reply) => {
        reply.on('data', () => seen.push(traces.active)).on('end', () => response.end(traces.active));
      });
    });
    expect(await ask('/outer')).toBe('GET /outer');
    expect(seen).toEqual(['GET /outer']);
  });
});

describe('without a trace', () => {
  it('a request that is left out has the context of those, in its listener', async () => {
    await serveTraced((_request, response) => response.end(traces.active));
    expect(await ask('/healthz')).toBe('left out');
    expect(traces.told).toEqual([]);
  });

  it('a request that tracing does not want has none, and is measured', async () => {
    await serveTraced((_request, response) => response.end(traces.active));
    expect(await ask('/a', { headers: { 'x-untraced': '' } })).toBe('nothing');
    expect(await watch.linesOf(1)).toEqual(['GET /a 200 completed']);
    expect(watch.ended[0]?.trace).toBeUndefined();
  });

  it('a request is answered and measured whose trace could not begin, and that is counted', async () => {
    const failing = new Traces(() => {
      throw new Error('not the application’s business');
    });
    await serveTraced((_request, response) => response.end(traces.active), failing);
    expect(await ask('/a')).toBe('nothing');
    expect(await watch.linesOf(1)).toEqual(['GET /a 200 completed']);
    expect(watch.notMeasured).toEqual({ 'failed to trace': 1 });
  });

  it('an upgraded connection has none', async () => {
    await serveTraced(() => {});
    serving.server.on('upgrade', (_request, socket) => socket.end(traces.active));
    const client = new RawClient(serving.port, bare('GET /socket', 'Connection: Upgrade', 'Upgrade: echo'));
    await client.until(/nothing/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /socket 101 streamed']);
    expect(traces.told).toEqual([]);
  });
});

describe('a trace', () => {
  it('is on its exchange, and its user is whom the exchange’s is made from', async () => {
    await serveTraced((_request, response) => response.writeHead(201).end());
    await ask('/a', { headers: { 'x-user': 'user 17' } });
    await watch.linesOf(1);
    expect(watch.ended[0]).toMatchObject({ user: 'user 17', trace: { traceId: 'a'.repeat(32) } });
    expect(traces.told).toEqual(['GET /a ended: 201']);
  });

  it('is begun once where a server hands its requests on to another', async () => {
    const begun: string[] = [];
    await serveTraced(
      (_request, response) => response.end(traces.active),
      new Traces(({ path }) => begun.push(path)),
    );
    const front = await serve((request, response) => serving.server.emit('request', request, response));
    expect(await (await fetch(`http://127.0.0.1:${front.port}/a`)).text()).toBe('GET /a');
    expect(await watch.linesOf(1)).toEqual(['GET /a 200 completed']);
    expect(begun).toEqual(['/a']);
    await front.close();
  });

  it('is told what the response told of, whose listeners hear it as ever', async () => {
    const heard: unknown[] = [];
    await serveTraced((_request, response) => {
      response.on('error', (error) => heard.push(error.message, traces.active));
      response.emit('error', new Error('broken'));
      response.end();
    });
    await ask('/a');
    await watch.linesOf(1);
    expect(heard).toEqual(['broken', 'GET /a']);
    expect(traces.told).toEqual(['GET /a failed: broken', 'GET /a ended: 200']);
  });

  it('is told what the listener of the server threw, which goes on to whoever emitted', async () => {
    const thrown = new Error('boom');
    await serveTraced(() => {
      throw thrown;
    });
    const caught: unknown[] = [];
    const emit = serving.server.emit;
    Object.assign(serving.server, {
      emit(this: http.Server, ...args: unknown[]): unknown {
        try {
          return Reflect.apply(emit, this, args);
        } catch (error) {
          caught.push(error);
          (args[2] as http.ServerResponse).writeHead(500).end();
          return true;
        }
      },
    });
    await ask('/a');
    await watch.linesOf(1);
    expect(caught).toEqual([thrown]);
    expect(traces.told).toEqual(['GET /a failed: boom', 'GET /a ended: 500']);
    expect(traces.active).toBe('nothing');
  });
});

describe('what an application emits itself', () => {
  it('returns what it did, and throws what its listeners throw', async () => {
    const results: unknown[] = [];
    await serveTraced((request, response) => {
      for (const emitter of [request, response]) {
        results.push(emitter.emit('nobody'));
        emitter.on('somebody', () => 'ignored');
        results.push(emitter.emit('somebody', 1, 2));
        emitter.on('thrower', () => {
          throw new RangeError('mine');
        });
        try {
          emitter.emit('thrower');
        } catch (error) {
          results.push(error);
        }
        results.push(traces.active);
      }
      response.end();
    });
    await ask('/a');
    const each = [false, true, new RangeError('mine'), 'GET /a'];
    expect(results).toEqual([...each, ...each]);
  });

  it('goes through on messages that are no request’s', async () => {
    await serveTraced((_request, response) => response.end());
    const response = new http.ServerResponse(new http.IncomingMessage(serving.server as never));
    const seen: string[] = [];
    response.on('close', () => seen.push(traces.active));
    expect(response.emit('close')).toBe(true);
    const bare = Object.create(http.ServerResponse.prototype) as http.ServerResponse;
    expect(bare.emit('close')).toBe(false);
    expect(bare.emit('finish')).toBe(false);
    expect(seen).toEqual(['nothing']);
    expect(watch.notMeasured).toEqual({});
  });
});

it('what is under way when the hooks are uninstalled ends as it would, and no trace hears of it', async () => {
  await serveTraced((_request, response) => {
    watch.hooks.uninstall();
    response.on('close', () => response.emit('own'));
    response.end('ok');
  });
  expect(await ask('/a')).toBe('ok');
  await pause(20);
  expect(traces.told).toEqual([]);
  expect(await ask('/b')).toBe('ok');
});
