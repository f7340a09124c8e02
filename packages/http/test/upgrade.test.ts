import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bare, RawClient } from './raw-client.ts';
import { type Serving, serve } from './serving.ts';
import { Watch } from './watching.ts';

const UPGRADE = ['Connection: Upgrade', 'Upgrade: echo'];
const SWITCHED = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n';

let watch: Watch;
let serving: Serving;

beforeEach(async () => {
  watch = Watch.install({ ignoredPaths: ['/probe'] });
  serving = await serve((_request, response) => response.end('plain'));
});
afterEach(async () => {
  watch.hooks.uninstall();
  await serving.close();
});

function answerWith(text: string): (request: unknown, socket: Duplex) => void {
  return (_request, socket) => {
    socket.on('error', () => {});
    socket.write(text);
    socket.pipe(socket);
  };
}

describe('an upgraded connection is streamed', () => {
  it('from its request to its close, whoever closes it', async () => {
    serving.server.on('upgrade', answerWith(SWITCHED));
    const client = new RawClient(serving.port, bare('GET /socket/17?token=secret', ...UPGRADE));
    await client.until(/101/);
    client.send('hello');
    await client.until(/hello/);
    await pause(60);
    expect(watch.lines).toEqual([]);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /socket/{id} 101 streamed']);
    expect(watch.ended[0]?.durationMs).toBeGreaterThanOrEqual(55);
  });

  it('and leaves what came before on its connection alone', async () => {
    serving.server.on('upgrade', answerWith(SWITCHED));
    const client = new RawClient(serving.port, bare('GET /before'));
    await client.until(/plain/);
    client.send(bare('GET /socket', ...UPGRADE));
    await client.until(/101/);
    await client.reset();
    expect(await watch.linesOf(2)).toEqual(['GET /before 200 completed', 'GET /socket 101 streamed']);
  });

  it('unless its path is ignored', async () => {
    serving.server.on('upgrade', answerWith(SWITCHED));
    const client = new RawClient(serving.port, bare('GET /probe', ...UPGRADE));
    await client.until(/101/);
    await client.leave();
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({ 'excluded /probe': 1 });
  });

  it('while an upgrade that nobody listens for is an ordinary request', async () => {
    const client = new RawClient(serving.port, bare('GET /socket', ...UPGRADE));
    await client.until(/plain/);
    await client.leave();
    expect(await watch.linesOf(1)).toEqual(['GET /socket 200 completed']);
  });
});

describe('a tunnel', () => {
  it('is streamed, under `*` whatever it leads to', async () => {
    serving.server.on('connect', answerWith('HTTP/1.1 200 Connection Established\r\n\r\n'));
    for (const target of ['example.org:443', 'secret.example.org:443']) {
      const client = new RawClient(serving.port, bare(`CONNECT ${target}`));
      await client.until(/200/);
      await client.leave();
    }
    expect(await watch.linesOf(2)).toEqual(['CONNECT * 200 streamed', 'CONNECT * 200 streamed']);
    expect(watch.notMeasured).toEqual({});
  });

  it('that nobody listens for is closed by Node without an answer, and is no request', async () => {
    const client = new RawClient(serving.port, bare('CONNECT example.org:443'));
    await client.closed;
    expect(await watch.linesOf(0)).toEqual([]);
    expect(watch.notMeasured).toEqual({});
  });
});
