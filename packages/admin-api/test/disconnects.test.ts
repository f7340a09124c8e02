import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { aRequest, emptyWindow, historyOf, type Served, serve, TOKEN } from './served.ts';

const request = `GET /api/performance/endpoints HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`;

let served: Served;
let release: () => void;
const told: unknown[] = [];

beforeAll(async () => {
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const window = emptyWindow();
  for (let n = 0; n < 1000; n++) window.record(aRequest({ route: `/${'long'.repeat(200)}/${n}` }));
  const history = historyOf(window);
  let asked = 0;
  served = await serve({
    history: {
      window: async (fromMs, toMs) => {
        if (++asked <= 20) await released;
        return history.window(fromMs, toMs);
      },
      series: (query) => history.series(query),
    },
    onError: (error) => told.push(error),
  });
});
afterAll(() => served.close());

describe('readers who go away', () => {
  it('before and amid their answer, by FIN and by RST, disturb nobody', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    process.on('uncaughtException', note);
    const printed = jest.spyOn(console, 'error').mockImplementation(() => {});

    for (let n = 0; n < 20; n++) {
      const socket = connect(served.port, '127.0.0.1', () => {
        socket.write(request);
        setTimeout(() => (n % 2 === 0 ? socket.resetAndDestroy() : socket.destroy()), 20);
      });
      await new Promise((resolve) => socket.once('close', resolve));
    }
    release();
    for (let n = 0; n < 20; n++) {
      const socket = connect(served.port, '127.0.0.1', () => socket.write(request));
      socket.once('data', () => (n % 2 === 0 ? socket.resetAndDestroy() : socket.destroy()));
      await new Promise((resolve) => socket.once('close', resolve));
    }

    const answer = await served.get('/endpoints');
    expect(Object.keys((await answer.json()) as object)).toHaveLength(1000);
    expect(told).toEqual([]);
    expect(unhandled).toEqual([]);
    expect(printed.mock.calls).toEqual([]);
    printed.mockRestore();
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  });
});
