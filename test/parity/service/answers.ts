import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { Behaviour } from './behaviour.ts';

const EVENT_STREAM = { 'Content-Type': 'text/event-stream' };

/** Ways to answer in which nothing goes wrong on the server's side. */
export const ANSWERS: Readonly<Record<string, Behaviour>> = {
  ok: (_request, response) => void response.end('ok'),
  status: (_request, response, code) => void response.writeHead(Number(code)).end(),
  'status-text': (_request, response, text) => void response.writeHead(200, text).end(),
  'status-too-late': (_request, response, code) => {
    response.end('ok');
    response.statusCode = Number(code);
  },
  'status-on-finish': (_request, response, code) => {
    response.on('finish', () => {
      response.statusCode = Number(code);
    });
    response.end('ok');
  },
  /** Changes what the request says of itself, as proxies and method overrides do. */
  rewrites: (request, response) => {
    request.method = 'PUT';
    request.url = '/rewritten?a=1';
    request.headers.host = 'rewritten.test';
    request.headers['user-agent'] = 'rewritten';
    request.rawHeaders.splice(0);
    response.end('ok');
  },
  'closes-itself': (_request, response) => {
    response.emit('close');
    response.statusCode = 404;
    setTimeout(() => response.end(), 10);
  },
  'has-no-close-listeners': (_request, response) => {
    response.removeAllListeners('close');
    response.end('ok');
  },
  'times-out': ({ socket }, response) => {
    socket.setTimeout(20);
    response.flushHeaders();
  },
  processing(_request, response) {
    response.writeProcessing();
    response.end('ok');
  },
  hints: (_request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' }, () => response.end('ok'));
  },
  continues(_request, response) {
    response.writeContinue();
    response.end('ok');
  },
  echo: (request, response) => void request.pipe(response),
  /** Answers when the whole body is here. */
  counts(request, response) {
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
    });
    request.on('end', () => response.end(String(bytes)));
  },
  async iterates(request, response) {
    let bytes = 0;
    for await (const part of request) bytes += (part as Buffer).length;
    response.end(String(bytes));
  },
  chunks(_request, response) {
    response.write('one');
    setTimeout(() => response.write('two'), 15);
    setTimeout(() => response.end('three'), 30);
  },
  async slow(_request, response, ms) {
    await pause(Number(ms));
    response.end('late');
  },
  events(_request, response) {
    response.writeHead(200, EVENT_STREAM).write('data: 1\n\n');
    setTimeout(() => response.end('data: 2\n\n'), 15);
  },
  'endless-events': (_request, response) => {
    response.writeHead(200, EVENT_STREAM).write('data: 1\n\n');
  },
  async gzip(_request, response) {
    response.setHeader('Content-Encoding', 'gzip');
    await pipeline(Readable.from(['one', 'two', 'three']), createGzip(), response);
  },
  trailers(_request, response) {
    response.writeHead(200, { Trailer: 'Checked' }).write('ok');
    response.addTrailers({ Checked: 'yes' });
    response.end();
  },
  flushes(_request, response) {
    response.flushHeaders();
    setTimeout(() => response.end('ok'), 15);
  },
  /** Tells the client that it has begun, and never answers. */
  stalls: (_request, response) => response.writeProcessing(),
  /** Promises more than it sends. */
  half: (_request, response) => {
    response.writeHead(200, { 'Content-Length': '1000' }).write('half');
  },
};
