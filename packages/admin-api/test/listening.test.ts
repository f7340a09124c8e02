import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Listener, type ListenOptions, listen } from '../src/server/listener.ts';
import { createAdminServer } from '../src/server/server.ts';

/** Time passes when `tick` is called. */
class ManualClock {
  readonly intervalsMs: number[] = [];
  readonly #ticks = new Set<() => void>();

  every(intervalMs: number, tick: () => void): () => void {
    this.intervalsMs.push(intervalMs);
    this.#ticks.add(tick);
    return () => this.#ticks.delete(tick);
  }

  get running(): number {
    return this.#ticks.size;
  }

  tick(): void {
    for (const tick of this.#ticks) tick();
  }
}

let clock: ManualClock;
let server: Server;
let occupant: Server;
let occupiedPort: number;
let urls: string[];
let codes: (string | undefined)[];
let opened: Listener[];

beforeEach(async () => {
  clock = new ManualClock();
  server = createAdminServer((_req, res) => res.end('here'));
  occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  occupiedPort = (occupant.address() as AddressInfo).port;
  urls = [];
  codes = [];
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((listener) => listener.close()));
  occupant.close();
});

function open(options: Partial<ListenOptions> = {}): Listener {
  const listener = listen(server, {
    host: '127.0.0.1',
    port: occupiedPort,
    clock,
    onListening: (url) => urls.push(url),
    onRefused: ({ code }) => codes.push(code),
    ...options,
  });
  opened.push(listener);
  return listener;
}

/** A few turns of the event loop: binding takes less. */
async function soon(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('a listener', () => {
  it('tells the address that it took', async () => {
    open({ port: 0 });
    await once(server, 'listening');
    expect(urls).toEqual([`http://127.0.0.1:${(server.address() as AddressInfo).port}`]);
    expect(await (await fetch(urls[0]!)).text()).toBe('here');
    expect(clock.running).toBe(0);
  });

  it('tells an address of IPv6 in brackets', async () => {
    open({ port: 0, host: '::1' });
    await once(server, 'listening');
    expect(urls[0]).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await (await fetch(urls[0]!)).text()).toBe('here');
  });
});

describe('a port in use', () => {
  it('is told at each try, of which there is one a second', async () => {
    open();
    expect(codes).toEqual([]);
    await soon();
    expect(codes).toEqual(['EADDRINUSE']);
    expect(clock.intervalsMs).toEqual([1_000]);
    for (let n = 0; n < 3; n++) {
      clock.tick();
      await soon();
    }
    expect(codes).toEqual(Array.from({ length: 4 }, () => 'EADDRINUSE'));
    expect(clock.running).toBe(1);
    expect(urls).toEqual([]);
  });

  it('is taken once it is free', async () => {
    open();
    await soon();
    await new Promise((resolve) => occupant.close(resolve));
    clock.tick();
    await once(server, 'listening');
    expect(urls).toEqual([`http://127.0.0.1:${occupiedPort}`]);
    expect(clock.running).toBe(0);
    expect(await (await fetch(urls[0]!)).text()).toBe('here');
  });

  it('is not tried anew while a try is under way', async () => {
    open();
    await soon();
    await new Promise((resolve) => occupant.close(resolve));
    clock.tick();
    clock.tick();
    await once(server, 'listening');
    await soon();
    expect(urls).toHaveLength(1);
    expect(codes).toHaveLength(1);
  });

  it('is tried no more after closing', async () => {
    const listener = open();
    await soon();
    await listener.close();
    expect(clock.running).toBe(0);
  });

  it.each([0, 1, 2, 3])('is not told of after closing, %d ticks after opening', async (ticks) => {
    const listener = open();
    let toldBefore = 0;
    const closeAfter = (left: number) => {
      if (left > 0) return process.nextTick(closeAfter, left - 1);
      toldBefore = codes.length;
      listener.close();
    };
    closeAfter(ticks);
    await soon();
    expect(codes).toHaveLength(toldBefore);
    expect(clock.running).toBe(0);
  });
});

describe('an address that is not of this machine', () => {
  it('is told, with the reason', async () => {
    open({ host: '192.0.2.1' });
    await once(server, 'error');
    expect(codes).toEqual(['EADDRNOTAVAIL']);
    expect(clock.running).toBe(1);
  });
});

describe('an accept that fails', () => {
  it('does not end listening', async () => {
    open({ port: 0 });
    await once(server, 'listening');
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    expect([codes, clock.running]).toEqual([[], 0]);
    expect(await (await fetch(urls[0]!)).text()).toBe('here');
  });
});

describe('closing', () => {
  it('ends idle and busy connections at once', async () => {
    const busy = createAdminServer(() => {});
    const listener = listen(busy, {
      host: '127.0.0.1',
      port: 0,
      clock,
      onListening: (url) => urls.push(url),
      onRefused: ({ code }) => codes.push(code),
    });
    await once(busy, 'listening');
    const sockets = ['', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'].map((written) => {
      const socket = connect(Number(new URL(urls[0]!).port), '127.0.0.1');
      socket.on('error', () => {});
      if (written !== '') socket.write(written);
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    await soon();
    const closed = sockets.map((socket) => once(socket, 'close'));
    const startMs = performance.now();
    await listener.close();
    await Promise.all(closed);
    expect(performance.now() - startMs).toBeLessThan(4000);
  });

  it('may be asked for twice, and before listening', async () => {
    const listener = open({ port: 0 });
    await Promise.all([listener.close(), listener.close()]);
    await listener.close();
    await soon();
    expect(server.listening).toBe(false);
    expect(codes).toEqual([]);
  });

  it('overtakes a host name that is still being looked up', async () => {
    const listener = open({ port: 0, host: 'localhost' });
    await listener.close();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.listening).toBe(false);
    expect(urls).toEqual([]);
  });
});
