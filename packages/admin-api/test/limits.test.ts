import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Served, serve, TOKEN } from './served.ts';

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(() => served.close());

function silentConnection(): Socket {
  return connect(served.port, '127.0.0.1').on('error', () => {});
}

describe('the server', () => {
  it('has at most 64 connections, and answers again when some have gone', async () => {
    const sockets = Array.from({ length: 64 }, silentConnection);
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const oneMore = silentConnection();
    await once(oneMore, 'close');
    expect(sockets.every((socket) => !socket.destroyed)).toBe(true);

    for (const socket of sockets) socket.destroy();
    await Promise.all(sockets.map((socket) => once(socket, 'close')));
    expect((await served.get('/summary')).status).toBe(200);
  });

  it('gives headers ten seconds and requests thirty', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, maxConnections } = served.server;
    // Node looks for late ones once a second, so the answer comes within the tenth and the thirtieth.
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, maxConnections }).toEqual({
      headersTimeout: 9_000,
      requestTimeout: 29_000,
      keepAliveTimeout: 5_000,
      maxConnections: 64,
    });
  });

  it('answers headers that dawdle with 408, and ends', async () => {
    served.server.headersTimeout = 100;
    const startMs = performance.now();
    const socket = silentConnection();
    socket.write('GET /api/performance/summary HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
    await once(socket, 'close');
    expect(performance.now() - startMs).toBeLessThan(10_000);
  });

  it('takes no headers past 16 KB', async () => {
    const [answer] = await served.raw(
      `GET /api/performance/summary HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\nX: ${'x'.repeat(17_000)}\r\n\r\n`,
    );
    expect(answer?.status).toBe(431);
  });

  it('answers requests that do not wait for each other, in turn', async () => {
    const request = `GET /api/performance/slow-requests?limit=1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n`;
    const socket = silentConnection();
    for (let n = 0; n < 49; n++) socket.write(`${request}\r\n`);
    socket.write(`${request}Connection: close\r\n\r\n`);
    let received = '';
    for await (const chunk of socket) received += chunk;
    expect(received.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(50);
  });
});

describe('the process', () => {
  it('is not kept alive: not by listening, nor by a connection, nor by an answer that never comes', async () => {
    const program = join(import.meta.dirname, 'fixtures', 'listens-and-ends.ts');
    const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const closed = once(child, 'close');
    let printed = '';
    for await (const chunk of child.stdout) printed += chunk;
    const [code] = await closed;
    expect({ printed, code }).toEqual({ printed: 'asked\nended\n', code: 0 });
  });
});
