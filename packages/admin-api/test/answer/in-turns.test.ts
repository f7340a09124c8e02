import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { jsonArray } from '../../src/answer/json-text.ts';
import { send } from '../../src/answer/send.ts';
import { type App, appOf } from './koa-app.ts';

let app: App | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** Answers with a list that goes on and on; each item costs so much. */
async function endless(itemMs: number) {
  const work = { items: 0, ended: false, broken: [] as unknown[], failsAt: Number.POSITIVE_INFINITY };
  const report = (function* () {
    try {
      for (; ; work.items++) {
        for (const endMs = performance.now() + itemMs; performance.now() < endMs; );
        if (work.items >= work.failsAt) throw new Error('an entry that cannot be made');
        yield 'x'.repeat(1000);
      }
    } finally {
      work.ended = true;
    }
  })();
  app = await appOf((ctx) => send(ctx, jsonArray(report), (error) => work.broken.push(error)));
  return { work, app };
}

async function connected({ port }: App): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return socket;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const endMs = performance.now() + 5000; performance.now() < endMs && !isTrue(); ) await setTimeout(5);
  expect(isTrue()).toBe(true);
}

describe('an answer that takes long to make', () => {
  it('leaves the process turns for its other work', async () => {
    const { work, app } = await endless(0.2);
    const socket = await connected(app);
    await until(() => work.items > 0);
    const itemsATurn: number[] = [];
    for (let turns = 0; turns < 20; turns++) {
      const before = work.items;
      await setImmediate();
      itemsATurn.push(work.items - before);
    }
    // Two milliseconds and one item, however the event loop's turns lie.
    expect(Math.max(...itemsATurn)).toBeLessThanOrEqual(2 * 11);
    socket.destroy();
    await until(() => work.ended);
  });

  it('is given up where its reader goes away while it is still short', async () => {
    const { work, app } = await endless(1);
    const socket = await connected(app);
    await until(() => work.items > 0);
    socket.destroy();
    await until(() => work.ended);
    expect(work.items).toBeLessThan(256);
    expect(work.broken).toEqual([]);
  });

  it('waits for a reader that is slow, and is given up where it goes away', async () => {
    const { work, app } = await endless(0);
    const socket = await connected(app);
    socket.pause();
    await until(() => work.items > 256);
    let before = -1;
    await until(() => {
      const isSettled = work.items === before;
      before = work.items;
      return isSettled;
    });
    // What lies in the sockets and the streams: not all that could be made meanwhile.
    expect(work.items).toBeLessThan(50_000);
    expect(work.ended).toBe(false);
    socket.destroy();
    await until(() => work.ended);
    expect(work.broken).toEqual([]);
  });

  it('says that it cannot be made as long as nothing was sent', async () => {
    const { work, app } = await endless(0);
    work.failsAt = 10;
    expect((await app.ask()).status).toBe(500);
    expect(work.broken).toEqual([]);
  });

  it.each([{}, { 'Accept-Encoding': 'gzip' }])(
    'breaks off where it cannot be made to its end: %j',
    async (headers) => {
      const { work, app } = await endless(0);
      work.failsAt = 1000;
      await expect(app.ask(headers)).rejects.toThrow();
      expect(work.broken).toEqual([new Error('an entry that cannot be made')]);
      expect(work.ended).toBe(true);
    },
  );
});
