import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { bodyOf, mayEnter, writeHalf } from './request.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;

const ok: Handler = (_request, response) => response.end('{}');
const status =
  (code: number): Handler =>
  (_request, response) =>
    response.writeHead(code).end();

/** Reads the body, then answers. */
const take =
  (code: number): Handler =>
  (request, response) =>
    bodyOf(request).then(
      () => response.writeHead(code).end(),
      () => {},
    );

/** What a service without a framework does by itself: the first line whose method and pattern fit. */
const routes: readonly (readonly [method: string, pattern: RegExp, handler: Handler])[] = [
  ['GET', /^\/users$/, ok],
  ['GET', /^\/users\/\d+$/, ok],
  ['HEAD', /^\/users\/\d+$/, ok],
  ['OPTIONS', /^\/users$/, status(204)],
  ['POST', /^\/users$/, take(201)],
  ['PUT', /^\/users\/\d+$/, take(200)],
  ['DELETE', /^\/users\/\d+$/, status(204)],
  ['GET', /^\/api\/v1\/teams\/\d+(\/members\/\d+)?$/, ok],
  ['GET', /^\/shop(\/orders\/\d+)?$/, ok],
  ['GET', /^\/files\//, ok],
  ['GET', /^\/releases\/\d{4}-\d{2}$/, ok],
  ['GET', /^\/posts(\/\d+)?$/, ok],
  ['GET', /^\/private\//, (request, response) => response.writeHead(mayEnter(request) ? 200 : 401).end()],
  ['GET', /^\/closed\//, status(401)],
  ['GET', /^\/(throws|rejects)\//, status(500)],
  ['GET', /^\/halves\//, (_request, response) => writeHalf(response)],
];

const server = createServer((request, response) => {
  const [path = ''] = request.url?.split('?') ?? [];
  const route = routes.find(([method, pattern]) => method === request.method && pattern.test(path));
  (route?.[2] ?? status(404))(request, response);
});

export async function listen(): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
