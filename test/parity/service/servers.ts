import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, ListenOptions, Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { trace } from '@opentelemetry/api';
import { SELF_SIGNED } from '../../../packages/http/test/self-signed.ts';
import type { ServerName } from '../kinds/kind.ts';
import { unixAddress } from '../talk.ts';
import { ANSWERS } from './answers.ts';
import type { Behaviour } from './behaviour.ts';
import { FAILURES } from './failures.ts';
import { koaApp } from './koa-app.ts';
import { MORE_SPANS } from './more-spans.ts';
import { OUTGOING, setCalledPorts } from './outgoing.ts';
import { ROUTING } from './routing.ts';
import { SPAN_WORK } from './span-work.ts';
import { TOLD } from './told.ts';

const BEHAVIOURS: Readonly<Record<string, Behaviour>> = {
  ...ANSWERS,
  ...FAILURES,
  ...MORE_SPANS,
  ...OUTGOING,
  ...ROUTING,
  ...SPAN_WORK,
  ...TOLD,
};

/** Does what the header `Do` asks for, whatever the request is otherwise. */
const doAsAsked: RequestListener = (request, response) => {
  const [name = '', ...rest] = String(request.headers.do ?? 'ok').split(' ');
  const behaviour = BEHAVIOURS[name];
  if (behaviour === undefined) throw new Error(`no behaviour "${name}"`);
  return behaviour(request, response, rest.join(' '));
};

/** All servers of the service but the one that it calls itself. */
export function parityServers(): Record<ServerName, NetServer> {
  const plain = createServer(doAsAsked);
  return {
    plain,
    koa: createServer(koaApp().callback()),
    https: createSecureServer(SELF_SIGNED, doAsAsked),
    ipv6: createServer(doAsAsked),
    mapped: createServer(doAsAsked),
    continues: continuing(),
    refuses: refusing(),
    converses: conversing(),
    hands: createServer((request, response) => plain.emit('request', request, response)),
    tunnel: tunnelled(plain),
    joins: createServer({ joinDuplicateHeaders: true }, doAsAsked),
    unix: createServer(doAsAsked),
    twice: createServer(doAsAsked).on('request', () => {
      trace.getActiveSpan()?.setAttribute('second listener', true);
    }),
  };
}

/** Says `100 Continue` itself, and passes the request on. */
function continuing(): Server {
  return createServer(doAsAsked).on('checkContinue', function (this: Server, request, response) {
    response.writeContinue();
    this.emit('request', request, response);
  });
}

/** Answers what expects something without passing it on. */
function refusing(): Server {
  const refuse: RequestListener = (_request, response) => response.writeHead(417).end();
  return createServer(doAsAsked).on('checkContinue', refuse).on('checkExpectation', refuse);
}

/** Takes upgrades and tunnels. */
function conversing(): Server {
  const greet = (_request: IncomingMessage, socket: Duplex): void => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nhello');
  };
  return createServer(doAsAsked).on('upgrade', greet).on('connect', greet);
}

/** Decrypts connections, and has another server handle them. */
function tunnelled(behind: Server): NetServer {
  return createTlsServer(SELF_SIGNED, (socket) => behind.emit('connection', socket));
}

const HOSTS: Partial<Record<ServerName, string>> = { ipv6: '::1', mapped: '::' };

/** @returns the port of each, the one that is called by the service itself among them */
export async function listen(servers: Record<ServerName, NetServer>): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  const all = { ...servers, inner: createServer(tellWhatCame) };
  for (const [name, server] of Object.entries(all))
    ports[name] = await listenOn(
      server,
      name === 'unix'
        ? { path: unixAddress(process.pid) }
        : { port: 0, host: HOSTS[name as ServerName] ?? '127.0.0.1' },
    );
  setCalledPorts({ inner: ports.inner!, https: ports.https! });
  return ports;
}

const tellWhatCame: RequestListener = ({ headers }, response) => {
  const { traceparent, tracestate, baggage } = headers;
  response.end(JSON.stringify({ traceparent, tracestate, baggage }));
};

async function listenOn(server: NetServer, options: ListenOptions): Promise<number> {
  server.listen(options);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
