import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import type { Tally } from '../load/tally.ts';
import { HEALTH_CHECK } from './kinds.ts';

/** Where to send, and how often each. */
export interface OddPlan {
  readonly ports: { readonly koa: number; readonly plain: number };
  readonly times: number;
}

type Odd = (ports: OddPlan['ports'], n: number, tally: Tally) => Promise<void>;

const PART_OF_A_BODY = '{"name":"a part of a bo';
const unfinished = ['Content-Length: 1000', 'Expect: 100-continue'];

/** Sends headers and a part of the body, and leaves once the server has begun with the request. */
function leavesUpload(port: 'koa' | 'plain', target: string, how: 'fin' | 'rst'): Odd {
  return async (ports, _n, tally) => {
    const connection = await Connection.open(ports[port]);
    const continued = connection.continued();
    connection.write([request({ method: 'POST', target, headers: unfinished })]);
    await continued;
    connection.writeBytes(PART_OF_A_BODY);
    await connection.leave(how);
    tally.aborted(`POST ${target}`);
  };
}

/** Three requests in one packet: when the first was begun, so were the others. None is ever answered. */
const leavesPipeline: Odd = async (ports, n, tally) => {
  const connection = await Connection.open(ports.plain);
  const continued = connection.continued();
  connection.write([
    request({ method: 'GET', target: '/plain/stalls', headers: ['Expect: 100-continue'] }),
    request({ method: 'GET', target: `/plain/items/${n}` }),
    request({ method: 'DELETE', target: '/plain/stalls' }),
  ]);
  await continued;
  await connection.leave();
  tally.aborted('GET /plain/stalls');
  tally.aborted('GET /plain/items/{id}');
  tally.aborted('DELETE /plain/stalls');
};

/** A kept connection is used well twice before its client gives up on the third request. */
const leavesKeptConnection: Odd = async (ports, n, tally) => {
  const connection = await Connection.open(ports.koa);
  for (let i = 0; i < 2; i++) {
    const { status } = await connection.exchangeOne(request({ method: 'GET', target: `/api/users/${n}` }));
    tally.completed('GET /api/users/:id', status);
  }
  const continued = connection.continued();
  connection.write([request({ method: 'GET', target: '/api/stalls', headers: ['Expect: 100-continue'] })]);
  await continued;
  await connection.leave();
  tally.aborted('GET /api/stalls');
};

const leavesHalfAnswer: Odd = async (ports, _n, tally) => {
  const connection = await Connection.open(ports.plain);
  const begun = connection.responseBegun();
  connection.write([request({ method: 'GET', target: '/plain/half' })]);
  await begun;
  await connection.leave();
  tally.aborted('GET /plain/half');
};

/** Headers that never arrive whole are no request. */
const leavesHeaders: Odd = async (ports) => {
  const connection = await Connection.open(ports.koa);
  connection.writeBytes('GET /api/users HTTP/1.1\r\nHost: service.test\r\nAccept: applica');
  await connection.leave();
};

const serverHangsUp: Odd = async (ports, _n, tally) => {
  const connection = await Connection.open(ports.koa);
  connection.write([request({ method: 'GET', target: '/api/hangs-up' })]);
  await connection.closed;
  tally.aborted('GET /api/hangs-up');
};

const readsEvents: Odd = async (ports, _n, tally) => {
  const connection = await Connection.open(ports.koa);
  await connection.exchangeOne(request({ method: 'GET', target: '/api/events' }));
  await connection.close();
  tally.streamed('GET /api/events');
};

/** An event stream has no end of its own: leaving it is how it ends. */
const leavesEvents: Odd = async (ports, _n, tally) => {
  const connection = await Connection.open(ports.koa);
  const begun = connection.responseBegun();
  connection.write([request({ method: 'GET', target: '/api/endless-events' })]);
  await begun;
  await connection.leave();
  tally.streamed('GET /api/endless-events');
};

const upgrades: Odd = async (ports, _n, tally) => {
  const connection = await Connection.open(ports.plain);
  const upgrade = ['Connection: Upgrade', 'Upgrade: echo'];
  await connection.exchangeOne(request({ method: 'GET', target: '/plain/socket', headers: upgrade }));
  await connection.close();
  tally.streamed('GET /plain/socket');
};

const closesAfterOne: Odd = async (ports, n, tally) => {
  const connection = await Connection.open(ports.koa);
  const single = request({ method: 'GET', target: `/api/users/${n}`, headers: ['Connection: close'] });
  const { status } = await connection.exchangeOne(single);
  await connection.closed;
  tally.completed('GET /api/users/:id', status);
};

const speaksHttp10: Odd = async (ports, n, tally) => {
  const connection = await Connection.open(n % 2 === 0 ? ports.koa : ports.plain);
  const target = n % 2 === 0 ? `/api/users/${n}` : `/plain/items/${n}`;
  const { status } = await connection.exchangeOne(request({ method: 'GET', target, version: '1.0' }));
  await connection.closed;
  tally.completed(n % 2 === 0 ? 'GET /api/users/:id' : 'GET /plain/items/{id}', status);
};

/** Methods beyond the nine of HTTP share one name: it is the client that makes them up. */
const usesOtherMethod: Odd = async (ports, n, tally) => {
  const connection = await Connection.open(ports.plain);
  const method = n % 2 === 0 ? 'PROPFIND' : 'PURGE';
  const { status } = await connection.exchangeOne(request({ method, target: `/plain/items/${n}` }));
  await connection.close();
  tally.completed('_OTHER /plain/items/{id}', status);
};

const probesHealth: Odd = async (ports) => {
  const connection = await Connection.open(ports.plain);
  await connection.exchangeOne(request({ method: 'GET', target: HEALTH_CHECK }));
  await connection.close();
};

const ODD: readonly Odd[] = [
  leavesUpload('koa', '/api/uploads', 'fin'),
  leavesUpload('koa', '/api/uploads', 'rst'),
  leavesUpload('plain', '/plain/uploads', 'fin'),
  leavesUpload('plain', '/plain/uploads', 'rst'),
  leavesPipeline,
  leavesKeptConnection,
  leavesHalfAnswer,
  leavesHeaders,
  serverHangsUp,
  readsEvents,
  leavesEvents,
  upgrades,
  closesAfterOne,
  speaksHttp10,
  usesOtherMethod,
  probesHealth,
];

/**
 * Lets the service answer once wherever it will leave requests unanswered: without a router, only an answer gives a
 * path its name. To be sent ahead of all others, whose order nobody knows.
 */
export async function sendAnswered({ ports }: Pick<OddPlan, 'ports'>, tally: Tally): Promise<void> {
  const connection = await Connection.open(ports.plain);
  for (const [method, path] of [
    ['POST', '/plain/uploads'],
    ['GET', '/plain/stalls'],
  ] as const) {
    const { status } = await connection.exchangeOne(request({ method, target: `${path}?briefly` }));
    tally.completed(`${method} ${path}`, status);
  }
  await connection.close();
}

const AT_ONCE = 8;

/** Sends everything that needs a connection of its own, a few at a time. */
export async function sendOddOnes(plan: OddPlan, tally: Tally): Promise<void> {
  let n = 0;
  const sender = async (): Promise<void> => {
    for (let mine = n++; mine < plan.times * ODD.length; mine = n++) {
      const odd = ODD[mine % ODD.length]!;
      await odd(plan.ports, Math.floor(mine / ODD.length), tally);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

/** Requests that take over two seconds, all at once. */
export async function sendSlowOnes(plan: OddPlan, times: number, tally: Tally): Promise<void> {
  await Promise.all(Array.from({ length: times }, () => completes(plan.ports.koa, '/api/slow', tally)));
}

/**
 * Bodies in chunks, as short ones and by HTTP/1.0: completed, unless they go on for over a second. So that it
 * is the service that decides, and not how busy the machine is, they are not sent amid the rest.
 */
export async function sendChunkedOnes(plan: OddPlan, tally: Tally): Promise<void> {
  for (let n = 0; n < plan.times; n++) {
    await completes(plan.ports.koa, '/api/chunks', tally, n % 2 === 0 ? '1.0' : '1.1');
  }
}

async function completes(
  port: number,
  target: string,
  tally: Tally,
  version: '1.0' | '1.1' = '1.1',
): Promise<void> {
  const connection = await Connection.open(port);
  const { status } = await connection.exchangeOne(request({ method: 'GET', target, version }));
  tally.completed(`GET ${target}`, status);
  await connection.close();
}
