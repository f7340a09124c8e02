import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ready } from '../side-channel.ts';
import { decodeMetrics, decodeSpans } from './decode.ts';
import { type Signal, serveGrpc } from './grpc-server.ts';
import type { Protocol, Received } from './received.ts';

/**
 * An OTLP receiver as a program, over HTTP on one port and over gRPC on another. The first argument says how it
 * behaves: `answers` writes what it gets to standard output, an export a line; `fails` answers 500 and `hangs` takes
 * the request and never answers, both over HTTP. With a folder as the second argument each body is kept there as well,
 * uncompressed.
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
  const type = request.headers['content-type'];
  const protocol = type === undefined ? undefined : PROTOCOLS[type];
  const signal = SIGNALS[request.url ?? ''];
  if (request.method !== 'POST' || signal === undefined || protocol === undefined) {
    response.writeHead(404).end();
    return;
  }
  tell(protocol, signal, bytes);
  response.writeHead(200, { 'Content-Type': type }).end(protocol === 'http/json' ? '{}' : '');
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  'application/x-protobuf': 'http/protobuf',
  'application/json': 'http/json',
};
const SIGNALS: Readonly<Record<string, Signal>> = { '/v1/traces': 'traces', '/v1/metrics': 'metrics' };

function tell(protocol: Protocol, signal: Signal, bytes: Uint8Array): void {
  const form = protocol === 'http/json' ? 'json' : 'protobuf';
  const received: Received = {
    protocol,
    spans: signal === 'traces' ? decodeSpans(bytes, form) : [],
    metrics: signal === 'metrics' ? decodeMetrics(bytes, form) : [],
  };
  process.stdout.write(`${JSON.stringify(received)}\n`);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const body = Buffer.concat(parts);
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
}

const grpc = await serveGrpc((signal, bytes) => {
  exports++;
  tell('grpc', signal, bytes);
});
server.listen(0, '127.0.0.1', () => {
  ready({ otlp: (server.address() as AddressInfo).port, grpc }, { exports: () => exports });
});
