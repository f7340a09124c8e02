/**
 * Serves many requests over one connection, and then over a connection each, with lean tracing on, and prints by
 * how much either lets the heap grow: `growing.ts <requests> <connections>`. Run with `--expose-gc`.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { startMeasuring } from '../measuring.ts';

const [requests = 0, connections = 0] = process.argv.slice(2).map(Number);
const BODY = 'answered';

let recorded = 0;
let spans = 0;
const { telemetry, hooks } = await startMeasuring('lean', { record: () => recorded++ });

const server = createServer((request, response) => {
  // Of every other request, nobody asks for the span.
  if (request.url === '/items/0') {
    trace.getActiveSpan()?.setAttribute('seen', true);
    spans++;
  }
  response.end(BODY);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const { port } = server.address() as AddressInfo;

function requestOf(n: number): string {
  const parent = `traceparent: 00-${n.toString(16).padStart(32, '1')}-${'1'.repeat(16)}-01\r\n`;
  return `GET /items/${n % 2} HTTP/1.1\r\nHost: test\r\nX-Request: ${n}\r\n${n % 3 === 0 ? parent : ''}\r\n`;
}

/** Sends one request after another over a connection of their own. */
function serveOverOne(requests: number): Promise<void> {
  return new Promise((settle, fail) => {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    let sent = 0;
    let received = '';
    const sendNext = (): void => {
      if (sent < requests) socket.write(requestOf(sent++));
      else socket.destroy();
    };
    socket.on('connect', sendNext);
    socket.on('data', (part: string) => {
      received += part;
      if (!received.endsWith(BODY)) return;
      received = '';
      sendNext();
    });
    socket.on('error', fail);
    socket.on('close', () => settle());
  });
}

async function serveOverMany(connections: number): Promise<void> {
  for (let made = 0; made < connections; made++) await serveOverOne(1);
}

/** What is reachable, on the heap and beside it. */
async function bytesInUse(): Promise<number> {
  for (let i = 0; i < 5; i++) {
    globalThis.gc?.();
    await pause(20);
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

await serveOverOne(requests / 10);
await serveOverMany(connections / 10);
const warm = await bytesInUse();
await serveOverOne(requests);
const afterRequests = await bytesInUse();
await serveOverMany(connections);
const afterConnections = await bytesInUse();

process.stdout.write(
  JSON.stringify({
    recorded,
    spans,
    requestsBytes: afterRequests - warm,
    connectionsBytes: afterConnections - afterRequests,
  }),
);
hooks.uninstall();
await telemetry.shutdown();
server.close();
