import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Exchange } from '../src/exchange.ts';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

let serving: Serving;
let watch: Watch;

beforeAll(async () => {
  serving = await serve((request, response) => {
    const [, status = '200', how] = (request.url ?? '').split('/');
    response.statusCode = Number(status) || 200;
    if (how === 'chunks') {
      response.write('a');
      response.end('b');
    } else if (how === 'echo') {
      request.pipe(response);
    } else if (how === 'late') {
      setTimeout(() => response.end('late'), 60);
    } else {
      response.end();
    }
  });
});
beforeEach(() => {
  watch = Watch.install();
});
afterEach(() => watch.hooks.uninstall());
afterAll(() => serving.close());

async function ask(path: string, init?: RequestInit): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${serving.port}${path}`, { redirect: 'manual', ...init });
  await response.arrayBuffer();
}

describe('a request that is answered whole is completed', () => {
  it.each([200, 204, 301, 304, 400, 401, 500, 503])('with status %i', async (status) => {
    await ask(`/${status}`);
    expect(await watch.linesOf(1)).toEqual([`GET /{id} ${status} completed`]);
  });

  it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by %s', async (method) => {
    await ask('/200', { method });
    expect(await watch.linesOf(1)).toEqual([`${method} /{id} 200 completed`]);
  });

  it('by a method past the nine, under `_OTHER`', async () => {
    await ask('/200/x', { method: 'PROPFIND' });
    await ask('/200/x', { method: 'QUERY' });
    expect(await watch.linesOf(2)).toEqual(['_OTHER /{id}/x 200 completed', '_OTHER /{id}/x 200 completed']);
  });

  it('in chunks', async () => {
    await ask('/200/chunks');
    expect(await watch.linesOf(1)).toEqual(['GET /{id}/chunks 200 completed']);
  });

  it('with a body going both ways', async () => {
    await ask('/200/echo', { method: 'POST', body: 'x'.repeat(200_000) });
    expect(await watch.linesOf(1)).toEqual(['POST /{id}/echo 200 completed']);
  });

  it('to a client of HTTP/1.0', async () => {
    const client = new RawClient(serving.port, 'GET /200/chunks HTTP/1.0\r\n\r\n');
    await client.closed;
    expect(await watch.linesOf(1)).toEqual(['GET /{id}/chunks 200 completed']);
  });

  it('one after the other on a connection that is kept', async () => {
    const client = new RawClient(serving.port, bare('GET /200/a'));
    await client.until(/\r\n\r\n/);
    client.send(bare('GET /503/b', 'Connection: close'));
    await client.closed;
    expect(await watch.linesOf(2)).toEqual(['GET /{id}/a 200 completed', 'GET /{id}/b 503 completed']);
  });

  it('in a pipeline, in the order of the requests', async () => {
    const last = bare('GET /201/c', 'Connection: close');
    const client = new RawClient(serving.port, bare('GET /200/late') + bare('GET /503/b') + last);
    await client.closed;
    expect(await watch.linesOf(3)).toEqual([
      'GET /{id}/late 200 completed',
      'GET /{id}/b 503 completed',
      'GET /{id}/c 201 completed',
    ]);
  });

  it('over a connection that is no socket', async () => {
    const [client, connection] = duplexPair();
    serving.server.emit('connection', connection);
    client.end(bare('GET /200/x', 'Connection: close'));
    await text(client);
    expect(await watch.linesOf(1)).toEqual(['GET /{id}/x 200 completed']);
  });

  it('even when the client hangs up right after the last byte', async () => {
    const client = new RawClient(serving.port, bare('GET /200/chunks'));
    await client.until(/0\r\n\r\n$/);
    await client.reset();
    expect(await watch.linesOf(1)).toEqual(['GET /{id}/chunks 200 completed']);
  });

  it.each([
    'GET http:// HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET //[ HTTP/1.1\r\nHost: x\r\n\r\n',
    'GET http://host?next=/secret HTTP/1.1\r\nHost: x\r\n\r\n',
    'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
  ])('for the odd target of %j, and no query comes to light', async (sending) => {
    const client = new RawClient(serving.port, sending);
    await client.until(/\r\n\r\n/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual([expect.stringMatching(/^(GET|OPTIONS) [^?]* \S+ completed$/)]);
    expect(watch.lines.join()).not.toContain('secret');
  });
});

describe('what is told of a completed request', () => {
  it('spans the time from its headers to the close of its response', async () => {
    const before = Date.now();
    await ask('/200/late');
    await watch.linesOf(1);
    const [exchange] = watch.ended as [Exchange];
    expect(exchange.durationMs).toBeGreaterThanOrEqual(59);
    expect(exchange.durationMs).toBeLessThan(2_000);
    expect(exchange.startMs).toBeGreaterThanOrEqual(before);
    expect(exchange.startMs).toBeLessThanOrEqual(Date.now() - exchange.durationMs + 5);
  });

  it('names its user, asked once it is over', async () => {
    watch.hooks.uninstall();
    watch = Watch.install({ userOf: ({ method, complete }) => `${method} ${complete}` });
    await ask('/200/x');
    await watch.linesOf(1);
    expect(watch.ended[0]?.user).toBe('GET true');
  });

  it('comes once, and not before its response has closed', async () => {
    await ask('/200/late');
    await watch.linesOf(1);
    await pause(50);
    expect(watch.ended).toHaveLength(1);
    expect(watch.notMeasured).toEqual({});
  });
});
