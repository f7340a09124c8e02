import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Answers one request, waits until its span is being sent, and has nothing more to do. */
const server = createServer((_request, response) => response.end('done')).listen(0, '127.0.0.1');
await once(server, 'listening');
const [response] = await once(
  get({ port: (server.address() as AddressInfo).port, agent: false }),
  'response',
);
response.resume();
await once(response, 'end');
await pause(300);
server.close();
const at = performance.now();
process.on('exit', () => console.log(`held for ${(performance.now() - at).toFixed(0)} ms`));
