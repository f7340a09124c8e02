import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ready } from '../side-channel.ts';
import { decodeMetrics, decodeSpans } from './decode.ts';
import type { Received } from './received.ts';

/**
 * An OTLP receiver as a program. The first argument says how it behaves: `answers` writes what it gets to
 * standard output, an export a line; `fails` answers 500; `hangs` takes the request and never answers. With a
 * folder as the second argument each body is kept there as well, uncompressed.
 */
const [, , behaviour, folder] = process.argv;
let exports = 0;

const server = createServer((request, response) => {
  exports++;
  if (behaviour === 'fails') response.writeHead(500).end();
  else if (behaviour === 'answers') void receive(request, response);
  else request.resume();
});

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const bytes = await bodyOf(request);
  if (folder !== undefined)
    await writeFile(join(folder, `${exports}${request.url?.replaceAll('/', '-')}`), bytes);
  const decoders: Record<string, () => Received> = {
    '/v1/traces': () => ({ spans: decodeSpans(bytes), metrics: [] }),
    '/v1/metrics': () => ({ spans: [], metrics: decodeMetrics(bytes) }),
  };
  const decode = decoders[request.url ?? ''];
  const isProtobuf = request.headers['content-type'] === 'application/x-protobuf';
  if (request.method !== 'POST' || decode === undefined || !isProtobuf) {
    response.writeHead(404).end();
    return;
  }
  process.stdout.write(`${JSON.stringify(decode())}\n`);
  response.writeHead(200, { 'Content-Type': 'application/x-protobuf' }).end();
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

server.listen(0, '127.0.0.1', () => {
  ready({ otlp: (server.address() as AddressInfo).port }, { exports: () => exports });
});
