import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, threadId, Worker } from 'node:worker_threads';
import { ready } from '../side-channel.ts';

/**
 * A process that serves in its main thread and in a worker thread, and blocks the one or the other for 200 ms where it
 * is told to. tacho is loaded by `--import`, which worker threads inherit.
 */
const server = createServer((request, response) => {
  const endMs = performance.now() + (request.url === '/blocks' ? 200 : 0);
  while (performance.now() < endMs);
  response.end('ok');
});

function listen(): Promise<number> {
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
  });
}

if (isMainThread) {
  const thread = new Worker(new URL(import.meta.url));
  const ofThread = new Promise<{ port: number; id: number }>((settle) => thread.once('message', settle));
  const { port, id } = await ofThread;
  ready({ main: await listen(), thread: port }, { threadId: () => id });
} else {
  parentPort?.postMessage({ port: await listen(), id: threadId });
}
