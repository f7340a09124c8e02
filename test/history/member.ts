import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { ready } from '../side-channel.ts';

/**
 * A process that serves twice: in its main thread, and in a worker thread, each with a server of its own. tacho is
 * loaded by `--import`, which worker threads inherit: nothing else is set up.
 */
const server = createServer((request, response) => {
  response.statusCode = request.url === '/fails' ? 500 : 200;
  response.end('ok');
});

function listen(): Promise<number> {
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
  });
}

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url));
  const threadPort = new Promise<number>((settle) => thread.once('message', settle));
  ready({ main: await listen(), thread: await threadPort });
} else {
  parentPort?.postMessage(await listen());
}
