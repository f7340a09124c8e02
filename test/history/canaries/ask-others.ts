import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { Redis } from 'ioredis';
import mysql from 'mysql2/promise';
import { Agent, fetch } from 'undici';

const { REDIS_PORT, MYSQL_PORT } = process.env;
const host = '127.0.0.1';

const redis = new Redis({
  host,
  port: Number(REDIS_PORT),
  enableReadyCheck: false,
  disableClientInfo: true,
  lazyConnect: true,
});
const database = mysql.createPool({ host, port: Number(MYSQL_PORT), user: 'u', connectionLimit: 4 });
/** Keeps no connection, which would keep the service from being idle. */
const dispatcher = new Agent({ pipelining: 0 });
const tracer = trace.getTracer('service');

/** Hands texts on in every way that calls to others have, and has a part of them fail. @returns how many have */
export async function askOthers(httpPort: number, ...texts: readonly string[]): Promise<string> {
  const asked = texts
    .filter((text) => text !== '')
    .flatMap((text) => [
      ...askRedis(text),
      ...askMysql(text),
      ...askHttp(httpPort, text),
      traceAsOfOld(text),
    ]);
  const failed = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
  return `${failed.length} failed`;
}

function askRedis(text: string): Promise<unknown>[] {
  return [
    redis.set(text, text),
    redis.get(text),
    redis.multi().set(text, text).incr(text).exec(),
    redis.pipeline().get(text).exec(),
    // Not known to the server, which says so in the words of the request.
    redis.hset(text, text, text),
  ];
}

function askMysql(text: string): Promise<unknown>[] {
  return [
    database.query('SELECT * FROM people WHERE name = ? AND mail IN (?)', [text, [text, text]]),
    database.query('UPDATE people SET ? WHERE name = ?', [{ name: text, mail: text }, text]),
    database.query(`INSERT INTO people VALUES (${mysql.escape(text)}, 17) -- ${text.replaceAll('\n', ' ')}`),
    database.query({ sql: `SELECT${mysql.escape(text)}` }),
  ];
}

function askHttp(port: number, text: string): Promise<unknown>[] {
  const path = `/missing/${encodeURIComponent(text)}?name=${encodeURIComponent(text)}#${encodeURIComponent(text)}`;
  const headers = { 'x-name': encodeURIComponent(text), 'user-agent': encodeURIComponent(text) };
  // Port 1 of this machine: nobody listens there.
  return [port, 1].map(async (each) => {
    const answered = await fetch(`http://${host}:${each}${path}`, { headers, dispatcher });
    await answered.text();
  });
}

/** As the first instrumentations did: with the URL in the name, and arguments beside the statement. */
async function traceAsOfOld(text: string): Promise<void> {
  const url = `http://${encodeURIComponent(text)}:secret@${host}/missing/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`;
  const called = tracer.startSpan(`GET ${url}`, {
    kind: SpanKind.CLIENT,
    attributes: { 'http.method': 'GET', 'http.url': url, 'http.status_code': 404 },
    links: [
      {
        context: { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 },
        attributes: { 'http.url': url },
      },
    ],
  });
  called.addEvent('redirected', { 'http.url': url, 'http.response.header.location': [url] });
  called.recordException(new Error(text));
  called.setStatus({ code: SpanStatusCode.ERROR, message: text });
  called.end();
  const attributes = {
    'db.system': 'mongodb',
    'db.statement': JSON.stringify({ find: 'people', filter: { [text]: text } }),
    'db.user': text,
    'db.query.parameter.0': text,
  };
  tracer.startSpan('mongodb.find', { kind: SpanKind.CLIENT, attributes }).end();
}
