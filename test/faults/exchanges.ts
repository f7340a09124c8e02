import { rawExchange, withoutDate } from '../load/raw-exchange.ts';
import { type App, leaveUnfinished } from './app.ts';

const QUIET_MS = 5_000;

interface Exchange {
  readonly port: 'koa' | 'plain';
  readonly bytes: string;
  /** How many requests the application gets by it, and those that it sends to itself. */
  readonly requests: number;
}

const LAST = 'Connection: close';
const TRACE = 'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

function send(port: 'koa' | 'plain', line: string, headers: readonly string[] = [LAST], body = ''): Exchange {
  const length = body === '' ? [] : [`Content-Length: ${body.length}`];
  const head = [`${line} HTTP/1.1`, 'Host: a', ...headers, ...length].join('\r\n');
  return { port, bytes: `${head}\r\n\r\n${body}`, requests: 1 };
}

function inOne(...exchanges: readonly Exchange[]): Exchange {
  const bytes = exchanges.map((exchange) => exchange.bytes).join('');
  return { port: exchanges[0]!.port, bytes, requests: exchanges.length };
}

const EXCHANGES: readonly Exchange[] = [
  send('koa', 'GET /users/1', [LAST, TRACE, 'baggage: a=1', 'tracestate: b=2']),
  inOne(send('koa', 'GET /users/2', []), send('koa', 'HEAD /users/3', []), send('koa', 'GET /chunks')),
  send('koa', 'POST /users', [LAST], '{"a":1}'),
  send('koa', 'GET /fails'),
  send('koa', 'GET /nowhere/12'),
  { ...send('koa', 'GET /calls'), requests: 2 },
  send('plain', 'GET /items/1?secret=1'),
  inOne(send('plain', 'GET /parts', []), send('plain', 'GET /parts', []), send('plain', 'PURGE /items/2')),
  send('plain', 'POST /echo', ['Expect: 100-continue'], 'echoed'),
  send('plain', 'GET /error'),
  send('plain', 'GET /healthz'),
  send('plain', 'GET /expects', [LAST, 'Expect: a-miracle']),
  send('plain', 'GET /socket', ['Connection: Upgrade', 'Upgrade: echo']),
  send('plain', 'CONNECT a:80', []),
  { port: 'plain', bytes: 'GET / HTTP/1.1\r\nno header\r\n\r\n', requests: 0 },
];

/** How many requests the application is given by `repliesOf`, all in all. */
export const REQUESTS = 2 + EXCHANGES.reduce((sum, { requests }) => sum + requests, 0);

/** Sends one of each at once, some that are never answered too. @returns what came back, byte by byte, but dates */
export async function repliesOf({ ports }: App): Promise<string[]> {
  const [replies] = await Promise.all([
    Promise.all(
      EXCHANGES.map(({ port, bytes }) => rawExchange(ports[port], Buffer.from(bytes, 'latin1'), QUIET_MS)),
    ),
    leaveUnfinished(ports.plain, '/stalls'),
    leaveUnfinished(ports.koa, '/users'),
  ]);
  return replies.map(({ bytes, closed }) => `${withoutDate(bytes)}${closed ? '' : ' (left open)'}`);
}

/** What was asked, for those replies that are not as they should be. */
export function differences(expected: readonly string[], actual: readonly string[]): string[] {
  return EXCHANGES.flatMap(({ bytes }, i) =>
    expected[i] === actual[i]
      ? []
      : [
          `${bytes.split('\r\n', 1)[0]}: ${JSON.stringify(actual[i])} in place of ${JSON.stringify(expected[i])}`,
        ],
  );
}
