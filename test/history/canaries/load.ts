import { Connection } from '../../load/connection.ts';
import { type Request, request } from '../../load/request.ts';
import type { Canary } from './canaries.ts';

export interface Ports {
  readonly koa: number;
  readonly plain: number;
}

/** How many requests wait for an answer on one connection. */
const PIPELINED = 60;

/** What a canary looks like where only visible ASCII may stand. */
const ENCODINGS: readonly ((text: string) => string)[] = [
  encodeURIComponent,
  (text) => encodeURI(text).replaceAll('#', '%23').replaceAll('?', '%3F'),
  (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&'),
  (text) => Buffer.from(text).toString('base64url'),
  (text) => encodeURIComponent(Buffer.from(text).toString('base64')),
];

/** The bytes of its UTF-8, one a character, as a header or a body has them. */
const raw = (text: string): string => Buffer.from(text).toString('latin1');

/** Sends each canary to every place that a request has. @returns how many requests were answered */
export async function sendCanaries(ports: Ports, canaries: readonly Canary[]): Promise<number> {
  const koa = canaries.flatMap((canary) => toKoa(canary));
  const plain = canaries.flatMap((canary) => toPlain(canary));
  const answered = await Promise.all([sendAll(ports.koa, koa), sendAll(ports.plain, plain)]);
  await Promise.all(canaries.map(({ text, isWord }) => sendOdd(ports, text, isWord)));
  return answered.reduce((sum, count) => sum + count, 0);
}

function toKoa({ text }: Canary): Request[] {
  const inPaths = ENCODINGS.flatMap((encode) => {
    const encoded = encode(text);
    return [
      ...KOA_PATHS.map((path) => get(`${path}/${encoded}`)),
      get(`/${encoded}`),
      get(`/nowhere/${encoded}/posts`),
      get(`/people/17?name=${encoded}&${encoded}=1#${encoded}`),
      get(`http://service.test/people/${encoded}?name=${encoded}`),
      request({ method: 'DELETE', target: `/people/${encoded}` }),
      request({ method: 'OPTIONS', target: `/people/${encoded}` }),
      request({ method: 'PROPFIND', target: `/people/${encoded}` }),
      request({ method: 'HEAD', target: `/people/${encoded}` }),
    ];
  });
  const [encoded = ''] = ENCODINGS.map((encode) => encode(text));
  const inHeaders = KOA_PATHS.map((path) => get(`${path}/${encoded}`, headersWith(text)));
  const asking = [get(`${ASKING}/${encoded}`), get(`${ASKING}/17`, headersWith(text))];
  const failing = get('/people/17', [`X-User: ${raw(text)}`, 'X-Fail: user']);
  return [
    ...inPaths,
    ...inHeaders,
    ...asking,
    failing,
    ...HOSTS.map((hosts) => withHost(hosts(text))),
    ...bodiesWith(text),
  ];
}

const KOA_PATHS = [
  '/people',
  '/echo',
  '/throws',
  '/refuses',
  '/notes',
  '/forwards',
  '/fails-to-forward',
  '/nowhere',
];

/** Asked for once by each canary: a request to it is many to others. */
const ASKING = '/asks';

function toPlain({ text, isWord }: Canary): Request[] {
  const paths = isWord ? ['/missing', '/missing/for'] : ['/people', '/missing', '/missing/for'];
  const inPaths = ENCODINGS.flatMap((encode) =>
    paths.flatMap((path) => [
      get(`${path}/${encode(text)}`),
      get(`${path}/${encode(text)}?name=${encode(text)}`),
    ]),
  );
  const inHeaders = ['/people/17', '/missing/17'].map((path) => get(path, headersWith(text)));
  return [...inPaths, ...inHeaders];
}

function headersWith(text: string): string[] {
  const value = raw(text);
  const encoded = encodeURIComponent(text);
  return [
    `X-User: ${value}`,
    `Cookie: session=${encoded}; name=${value}`,
    `Authorization: Bearer ${value}`,
    `User-Agent: ${value}`,
    `Referer: http://service.test/people/${encoded}?name=${encoded}`,
    `Origin: http://${encoded}`,
    `X-Api-Key: ${Buffer.from(text).toString('base64')}`,
    `X-Forwarded-For: ${value}`,
    `Forwarded: for="${value}";host="${value}"`,
    `X-Forwarded-Host: ${value}`,
    `Accept-Language: ${value}`,
    `If-None-Match: "${value}"`,
    'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    `tracestate: name=${value.replace(/[,=]/g, ' ')},hex=${Buffer.from(text).toString('hex').slice(0, 200)}`,
    `baggage: name=${encoded}`,
  ];
}

/** In place of the one that every request has. */
const HOSTS: readonly ((text: string) => string)[] = [
  raw,
  (text) => `${raw(text)}:8080`,
  (text) => `host:${raw(text)}`,
];

function withHost(host: string): Request {
  const { method, bytes } = get('/people/17');
  return { method, bytes: bytes.replace('Host: service.test', `Host: ${host}`) };
}

function bodiesWith(text: string): Request[] {
  const bodies: [type: string, body: string][] = [
    ['text/plain; charset=utf-8', text],
    ['application/json', JSON.stringify({ name: text, [text]: text })],
    ['application/x-www-form-urlencoded', new URLSearchParams({ name: text }).toString()],
    ['application/octet-stream', Buffer.from(text).toString('base64')],
  ];
  return bodies.map(([type, body]) => post('/people/17', type, Buffer.from(body)));
}

/** What ends badly, or is no request at all: each on a connection of its own. */
async function sendOdd(ports: Ports, text: string, isWord: boolean): Promise<void> {
  const encoded = encodeURIComponent(text);
  const value = raw(text);
  const refused = [
    `${value.toUpperCase()} / HTTP/1.1\r\n\r\n`,
    `GET /${value} HTTP/1.1 ${value}\r\n\r\n`,
    `GET /people/${encoded} HTTP/1.1\r\nHost: a\r\nX ${value}: 1\r\n\r\n`,
    `POST /people/${encoded} HTTP/1.1\r\nHost: a\r\nContent-Length: x${value}\r\n\r\n`,
  ];
  await Promise.all(refused.map((bytes) => sendAndWait(ports.koa, bytes)));
  const close = [...headersWith(text), 'Connection: close'];
  const slow = get(`/slow/${encoded}?name=${encoded}`, close);
  const slowPorts = isWord ? [ports.koa] : [ports.koa, ports.plain];
  await Promise.all(slowPorts.map((port) => sendAndWait(port, slow.bytes)));
  await stall(ports.plain, encoded, text);
  if (isWord) return;
  const throwing = ENCODINGS.map((encode) => get(`/throws/${encode(text)}?name=${encode(text)}`, close));
  for (const { bytes } of throwing) await sendAndWait(ports.plain, bytes);
  const upgrade = ['Connection: Upgrade', 'Upgrade: echo', ...headersWith(text)];
  await sendAndWait(ports.plain, get(`/socket/${encoded}`, upgrade).bytes);
  await sendAndWait(ports.plain, get(`/breaks/${encoded}`, headersWith(text)).bytes);
}

/** Leaves without an answer: of that path no word is kept, though it has status 200. */
async function stall(port: number, encoded: string, text: string): Promise<void> {
  const connection = await Connection.open(port);
  connection.writeBytes(get(`/stalls/${encoded}`, headersWith(text)).bytes);
  await new Promise((settle) => setTimeout(settle, 200));
  await connection.leave('rst');
}

/** Waits until the server has hung up. */
async function sendAndWait(port: number, bytes: string): Promise<void> {
  const connection = await Connection.open(port);
  connection.writeBytes(bytes);
  await connection.closed;
}

async function sendAll(port: number, requests: readonly Request[]): Promise<number> {
  const connection = await Connection.open(port);
  let answered = 0;
  for (let start = 0; start < requests.length; start += PIPELINED)
    answered += (await connection.exchange(requests.slice(start, start + PIPELINED))).length;
  await connection.close();
  return answered;
}

function get(target: string, headers: readonly string[] = []): Request {
  return request({ method: 'GET', target, headers });
}

function post(target: string, type: string, body: Buffer): Request {
  const headers = [`Content-Type: ${type}`, `Content-Length: ${body.length}`];
  const { method, bytes } = request({ method: 'POST', target, headers });
  return { method, bytes: bytes + body.toString('latin1') };
}
