import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Pace, PacedRefusals } from '../../src/limits/paced-refusals.ts';

let server: Server;
let paced: PacedRefusals;
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

/** Answers with the path in brackets; refuses what is not asked of `/in`, and at once what is asked of `/now`. */
async function serve(pace: Pace): Promise<void> {
  paced = new PacedRefusals(pace);
  server = createServer(async (request, response) => {
    if (!request.url?.startsWith('/now')) await undefined;
    const isRefused = !request.url?.startsWith('/in');
    response.writeHead(isRefused ? 401 : 200).end(`[${request.url}]`);
    if (isRefused) paced.refused(request.socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

/** What came, each as `status path`. */
class Caller {
  readonly socket: Socket;
  answers: string[] = [];

  constructor() {
    this.socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => {});
    sockets.push(this.socket);
    let received = '';
    this.socket.on('data', (bytes) => {
      received += bytes;
      this.answers = [...received.matchAll(/HTTP\/1\.1 (\d+) [^[]*\[(\S+)\]/g)].map(([, ...parts]) =>
        parts.join(' '),
      );
      this.socket.emit('answers');
    });
  }

  ask(...paths: string[]): void {
    this.socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join(''));
  }

  async answered(count: number): Promise<string[]> {
    while (this.answers.length < count) await once(this.socket, 'answers');
    return this.answers;
  }
}

async function milliseconds(run: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}

describe('refusals', () => {
  it('are not held up within a burst', async () => {
    await serve({ burst: 20, perSecond: 0.001 });
    const caller = new Caller();
    for (let n = 1; n <= 20; n++) {
      caller.ask(`/out${n}`);
      await caller.answered(n);
      expect(paced.held).toBe(0);
    }
  });

  it('are as many a second as may be, over all connections, and each is answered rightly', async () => {
    await serve({ burst: 5, perSecond: 50 });
    const callers = Array.from({ length: 8 }, () => new Caller());
    const tookMs = await milliseconds(() =>
      Promise.all(
        callers.map(async (caller) => {
          for (let n = 1; n <= 5; n++) {
            caller.ask(`/out${n}`);
            await caller.answered(n);
          }
        }),
      ),
    );
    // The last of each is answered before it is held: 40 less the burst, less the 8 that nobody waits for.
    expect(tookMs).toBeGreaterThan((1000 * (40 - 5 - 8)) / 50 - 100);
    for (const { answers } of callers) expect(answers).toEqual([1, 2, 3, 4, 5].map((n) => `401 /out${n}`));
  });

  it.each(['/out', '/now'])('hold only the connection that was refused, at %s', async (path) => {
    await serve({ burst: 1, perSecond: 0.01, maxHoldMs: 60_000 });
    const refused = new Caller();
    refused.ask(`${path}1`);
    await refused.answered(1);
    refused.ask(`${path}2`);
    await refused.answered(2);
    expect(paced.held).toBe(1);
    refused.ask('/in3');
    const other = new Caller();
    other.ask('/in1', '/in2');
    expect(await other.answered(2)).toEqual(['200 /in1', '200 /in2']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(refused.answers).toEqual([`401 ${path}1`, `401 ${path}2`]);
  });

  it('hold a connection no longer than is said, and then it is read on', async () => {
    await serve({ burst: 1, perSecond: 0.01, maxHoldMs: 150 });
    const caller = new Caller();
    caller.ask('/out1');
    await caller.answered(1);
    caller.ask('/out2');
    await caller.answered(2);
    const tookMs = await milliseconds(async () => {
      caller.ask('/in3');
      await caller.answered(3);
    });
    expect(tookMs).toBeGreaterThan(100);
    expect(tookMs).toBeLessThan(5_000);
    expect(caller.answers).toEqual(['401 /out1', '401 /out2', '200 /in3']);
    expect(paced.held).toBe(0);
  });

  it('that came in one piece are all answered, in turn', async () => {
    await serve({ burst: 5, perSecond: 1_000, maxHoldMs: 20 });
    const caller = new Caller();
    const paths = Array.from({ length: 60 }, (_, n) => (n % 7 === 3 ? `/in${n}` : `/out${n}`));
    caller.ask(...paths);
    const expected = paths.map((path) => (path.startsWith('/in') ? `200 ${path}` : `401 ${path}`));
    expect(await caller.answered(60)).toEqual(expected);
    caller.ask('/in60');
    expect((await caller.answered(61)).at(-1)).toBe('200 /in60');
  });
});

describe('a connection that is held', () => {
  it.each([
    ['ends', (socket: Socket) => void socket.end()],
    ['breaks', (socket: Socket) => void socket.resetAndDestroy()],
  ])('and %s leaves nothing behind', async (_how, leave) => {
    await serve({ burst: 1, perSecond: 0.01, maxHoldMs: 100 });
    const caller = new Caller();
    caller.ask('/out1', '/out2');
    await caller.answered(2);
    expect(paced.held).toBe(1);
    expect(await connections()).toBe(1);
    leave(caller.socket);
    while ((await connections()) !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(paced.held).toBe(0);
  });

  it('may be closed by the server', async () => {
    await serve({ burst: 1, perSecond: 0.01, maxHoldMs: 60_000 });
    const caller = new Caller();
    caller.ask('/out1', '/out2');
    await caller.answered(2);
    server.closeAllConnections();
    await once(caller.socket, 'close');
    expect(paced.held).toBe(0);
  });
});

function connections(): Promise<number> {
  return promisify(server.getConnections.bind(server))();
}
