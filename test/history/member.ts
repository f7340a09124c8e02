import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { ready } from '../side-channel.ts';

/**
 * A process that serves in its main thread and in worker threads, one unless its argument says otherwise, each with a
 * server of its own. tacho is loaded by `--import`, which worker threads inherit: nothing else is set up.
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
  const names = ['thread', 'thread2', 'thread3'].slice(0, Number(process.argv[2] ?? 1));
  const threads = names.map((name) => {
    const thread = new Worker(new URL(import.meta.url));
    return new Promise<[string, number]>((settle) => thread.once('message', (port) => settle([name, port])));
  });
  ready({ main: await listen(), ...Object.fromEntries(await Promise.all(threads)) });
} else {
  parentPort?.postMessage(await listen());
}
