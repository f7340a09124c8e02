import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The same kinds of answer from `node:http` alone, where no router tells the route. */
export function plainApp(): Server {
  const server = createServer((request, response) => {
    const handler = handlers.find(([start]) => request.url?.startsWith(start))?.[1] ?? notFound;
    handler(request, response);
  });
  server.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
  });
  return server;
}

const json: Handler = (_request, response) => {
  response.setHeader('Content-Type', 'application/json');
  response.end('{"ok":true}');
};

const notFound: Handler = (_request, response) => {
  response.writeHead(404).end('not found');
};

const echo: Handler = (request, response) => {
  response.setHeader('Content-Length', request.headers['content-length'] ?? 0);
  request.pipe(response);
};

/** Answers when the whole body is here, and so never when it does not come. */
const upload: Handler = (request, response) => {
  request.resume().on('end', () => response.writeHead(201).end());
};

const half: Handler = (_request, response) => {
  response.writeHead(200, { 'Content-Length': '1000' }).write('x'.repeat(500));
};

const handlers: [string, Handler][] = [
  ['/plain/items/', json],
  ['/plain/files/', json],
  ['/healthz', json],
  ['/plain/echo', echo],
  ['/plain/uploads', upload],
  ['/plain/half', half],
  ['/plain/stalls?briefly', json],
  ['/plain/stalls', () => {}],
  ['/plain/fails', (_request, response) => response.writeHead(500).end('{}')],
];
