import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { ready } from '../../test/side-channel.ts';
import { work } from './work.ts';

/**
 * A service with work of its own: `GET /compute` computes for 2 ms, `GET /wait` for half of one, and waits 10 ms more.
 * Arguments: how many steps of work a quiet machine does in a millisecond, and how much more of all there is to do.
 */
const [stepsPerMs = 1, factor = 1] = process.argv.slice(2).map(Number);

const server = createServer(async (request, response) => {
  if (request.url === '/wait') {
    work(0.5 * factor * stepsPerMs);
    await wait(10 * factor);
  } else work(2 * factor * stepsPerMs);
  response.end('done');
});
server.listen(0, '127.0.0.1', () => ready({ http: (server.address() as AddressInfo).port }));
