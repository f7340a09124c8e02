import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { SpanStatusCode, trace } from '@opentelemetry/api';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { MySQL2Instrumentation } from '@opentelemetry/instrumentation-mysql2';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import type { Redis } from 'ioredis';
import type mysql from 'mysql2/promise';
import type pg from 'pg';
import { type Instrumentation, startMonitoring } from 'tacho';
import { Agent, fetch } from 'undici';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';

/**
 * A service that asks several others for each request, by real clients. The arguments: ports of Redis and MySQL, the
 * folder of PostgreSQL's socket, empty where it is not asked, and `imported`, where the clients are loaded first of all, or `required`, where they
 * are loaded by the first request and the instrumentations are made here.
 */
const [, , redisPort, mysqlPort, postgresFolder, how] = process.argv;
const SLOW_MS = 2_050;

interface Packages {
  readonly Redis: typeof Redis;
  readonly mysql: typeof mysql;
  readonly pg: typeof pg;
}

const imported: Packages | undefined = how === 'imported' ? await importAll() : undefined;
const monitoring = startMonitoring(how === 'imported' ? {} : { instrumentations: ofOurOwn() });
const tracer = trace.getTracer('service');

async function importAll(): Promise<Packages> {
  const { Redis } = await import('ioredis');
  return { Redis, mysql: (await import('mysql2/promise')).default, pg: (await import('pg')).default };
}

function requireAll(): Packages {
  const require = createRequire(import.meta.url);
  return { Redis: require('ioredis').Redis, mysql: require('mysql2/promise'), pg: require('pg') };
}

/** One of them fails. */
function ofOurOwn(): Instrumentation[] {
  const failing = new UndiciInstrumentation();
  failing.setTracerProvider = () => {
    throw new Error('it has failed');
  };
  return [
    failing,
    new PgInstrumentation({ requireParentSpan: true }),
    new MySQL2Instrumentation(),
    new IORedisInstrumentation(),
    new UndiciInstrumentation({ requireParentforSpans: true }),
  ];
}

const clients = once(async () => {
  const { Redis, mysql, pg } = imported ?? requireAll();
  const host = '127.0.0.1';
  const postgres = new pg.Client({ host: postgresFolder ?? '', user: 'postgres', database: 'postgres' });
  if (postgresFolder) await postgres.connect();
  return {
    Redis,
    redis: new Redis({ host, port: Number(redisPort), enableReadyCheck: false, disableClientInfo: true }),
    mysql: await mysql.createConnection({ host, port: Number(mysqlPort), user: 'u' }),
    postgres,
  };
});

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, kind = '', number = ''] = (request.url ?? '').split('/');
  if (kind !== 'inner') trace.getActiveSpan()?.setAttribute('test.case', `${kind} ${number}`);
  if (kind === 'connects') await clients();
  else if (kind === 'fast') await (await clients()).redis.set(number, 'x');
  else if (kind === 'inner') await (await clients()).redis.get('1');
  else if (kind === 'never') startWithoutEnd();
  else await askEverybody(Number(number));
  if (kind === 'late') afterwards();
  if (kind === 'throws') throw new Error('thrown');
  if (kind === 'leaves') response.write('a part');
  if (kind === 'slow' || kind === 'leaves') await pause(SLOW_MS);
  if (response.headersSent) return void response.end();
  response.writeHead(kind === 'fails' || kind === 'late' ? 503 : 200).end('answered');
}

/** Each leaves one span below that of the request, and the last one another request to this service. */
async function askEverybody(number: number): Promise<void> {
  const { redis, mysql, postgres } = await clients();
  const own = tracer.startSpan('own');
  await Promise.all([
    redis.set(`key ${number}`, 'value'),
    mysql.query('SELECT ?', [number]),
    postgresFolder && postgres.query('SELECT $1::int', [number]),
    fetch(`${url()}/inner/${number}`, { dispatcher }).then((answered) => answered.text()),
    new Promise((settle) =>
      get(`${url()}/inner/${number}`, (answered) => answered.resume().on('end', settle)),
    ),
  ]);
  own.end();
}

/** What goes on when the response has ended. */
function afterwards(): void {
  const begunBefore = tracer.startSpan('begun before');
  setTimeout(() => {
    begunBefore.end();
    tracer.startSpan('begun after').end();
  }, 100);
}

function startWithoutEnd(): void {
  for (let n = 0; n < 1_000; n++) tracer.startSpan('never ends').setStatus({ code: SpanStatusCode.ERROR });
}

/** Keeps no connection, which would keep the service from being idle. */
const dispatcher = new Agent({ pipelining: 0 });
const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function shutDown(): Promise<boolean[]> {
  const { Redis, postgres, mysql } = await clients();
  const methods = (): unknown[] => [
    Redis.prototype.sendCommand,
    postgres.query,
    (mysql as unknown as { connection: { query: unknown } }).connection.query,
  ];
  const isPatched = methods().every(isWrapped);
  await monitoring.shutdown();
  return [isPatched, methods().some(isWrapped)];
}

const isWrapped = (method: unknown): boolean => '__original' in (method as object);

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  ready({ http: port }, { idle: () => whenIdle([server]), shutDown });
});
