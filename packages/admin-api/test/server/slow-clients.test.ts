import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ConnectionLimits, createAdminServer } from '../../src/server/server.ts';
import { answersTo } from '../raw-http.ts';

let server: Server;
let port: number;
let sockets: Socket[];
beforeEach(() => {
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const path: RequestListener = (request, response) => void response.end(request.url);

async function serve(listener: RequestListener, limits: Partial<ConnectionLimits> = {}): Promise<void> {
  server = createAdminServer(listener, { checkMs: 20, ...limits });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
}

function connected(): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  sockets.push(socket);
  return socket;
}

/** All that comes until the other side ends, or breaks off. */
async function received(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  if (!socket.closed) await new Promise((resolve) => socket.on('close', resolve));
  return text;
}

async function connections(): Promise<number> {
  return new Promise((resolve, reject) =>
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
  );
}

const ASKED = 'GET /asked HTTP/1.1\r\nHost: localhost\r\n';

describe('a slow client', () => {
  it('whose headers dawdle is answered 408', async () => {
    await serve(path, { headersMs: 100, requestMs: 200 });
    const socket = connected();
    socket.write(`${ASKED}X-Slow: `);
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('whose body dawdles is answered 408', async () => {
    await serve(() => {}, { headersMs: 100, requestMs: 200 });
    const socket = connected();
    socket.write(`${ASKED}Content-Length: 10\r\n\r\nslow`);
    expect(await received(socket)).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that says nothing is cut', async () => {
    await serve(path, { headersMs: 100, requestMs: 200 });
    const socket = connected();
    await received(socket);
    expect(socket.readableEnded).toBe(true);
  });

  it('that does not read what it has asked for is cut', async () => {
    let closed = false;
    await serve(
      (_request, response) => {
        response.on('close', () => {
          closed = true;
        });
        response.end(Buffer.alloc(32_000_000));
      },
      { idleMs: 200 },
    );
    const socket = connected().pause();
    socket.write(`${ASKED}\r\n`);
    await once(server, 'connection');
    while ((await connections()) > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(closed).toBe(true);
  });

  it('that reads something now and then goes on, and so does one that is told something now and then', async () => {
    let told = 0;
    await serve(
      (_request, response) => {
        response.write('data: 0\n\n');
        const timer = setInterval(() => response.write(`data: ${++told}\n\n`), 50);
        response.on('close', () => clearInterval(timer));
      },
      { idleMs: 200 },
    );
    const socket = connected();
    socket.write(`${ASKED}\r\n`);
    for await (const _event of socket) if (told >= 16) break;
    expect(told).toBeGreaterThanOrEqual(16);
  });
});

describe('five hundred slow clients', () => {
  it('are sixty-four at most, each is cut in time, and others are answered then', async () => {
    await serve(path, { headersMs: 400, requestMs: 500 });
    const served: Socket[] = [];
    let most = 0;
    server.on('connection', (socket) => {
      served.push(socket);
      most = Math.max(most, served.filter(({ destroyed }) => !destroyed).length);
    });
    const slow = Array.from({ length: 500 }, connected);
    for (const socket of slow) socket.write(ASKED);
    const answers = await Promise.all(slow.map(received));
    expect(most).toBe(64);
    expect(await connections()).toBe(0);
    const timedOut = answers.filter((answer) => answer.startsWith('HTTP/1.1 408 ')).length;
    expect(timedOut).toBeGreaterThanOrEqual(64);
    expect(answers.filter((answer) => answer === '')).toHaveLength(500 - timedOut);
    const [answer] = await answersTo(port, `${ASKED}Connection: close\r\n\r\n`);
    expect(answer).toMatchObject({ status: 200, body: '/asked' });
  });
});

describe('a client that asks for much', () => {
  it('in its headers is answered 431', async () => {
    await serve(path);
    for (const [bytes, status] of [
      [15_000, 200],
      [17_000, 431],
    ] as const) {
      const [answer] = await answersTo(port, `${ASKED}X: ${'x'.repeat(bytes)}\r\nConnection: close\r\n\r\n`);
      expect(answer?.status).toBe(status);
    }
  });

  it('ten thousand times at once is answered rightly and in turn', async () => {
    let asked = 0;
    await serve(async (request, response) => {
      asked += 1;
      // Some are done before those that came before them.
      for (let n = 0; n < asked % 5; n++) await undefined;
      response.end(request.url);
    });
    const requests = Array.from(
      { length: 10_000 },
      (_, n) => `GET /${n} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
    );
    const socket = connected();
    socket.end(requests.join(''));
    const answers = (await received(socket)).matchAll(/HTTP\/1\.1 (\d+) OK\r\n[^/]+\r\n\r\n(\/\d+)(?=H|$)/g);
    expect([...answers].map(([, status, body]) => `${status} ${body}`)).toEqual(
      requests.map((_, n) => `200 /${n}`),
    );
  });

  it('at once, and does not read the answers, is not read any further', async () => {
    let asked = 0;
    await serve((_request, response) => {
      asked += 1;
      response.end(Buffer.alloc(100_000));
    });
    const socket = connected().pause();
    socket.write(`${ASKED}\r\n`.repeat(10_000));
    await once(server, 'connection');
    let before = -1;
    while (asked !== before || asked === 0) {
      before = asked;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    // What came in one piece, of 64 KB, is parsed in one piece.
    expect(asked).toBeLessThan(4_000);
  });
});
