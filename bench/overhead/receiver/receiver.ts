import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { ready } from '../../../test/side-channel.ts';
import { countSpans } from './count-spans.ts';

/** Stands in for every backend: swallows what it is sent, says that all is well, and counts the spans of OTLP. */
let spans = 0;

const server = createServer((request, response) => {
  if (request.url === '/v1/traces') void takeSpans(request, response);
  else request.resume().on('end', () => answer(response, 'application/json', '{}'));
});

async function takeSpans(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const sent = Buffer.concat(parts);
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
  const type = request.headers['content-type'] ?? '';
  spans += type === 'application/json' ? countInJson(body) : countSpans(body);
  answer(response, type, type === 'application/json' ? '{}' : '');
}

function countInJson(body: Buffer): number {
  return body.toString('latin1').split('"startTimeUnixNano"').length - 1;
}

function answer(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type }).end(body);
}

server.listen(0, '127.0.0.1', () => {
  ready({ http: (server.address() as AddressInfo).port }, { spans: () => spans });
});
