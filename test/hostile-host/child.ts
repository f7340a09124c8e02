/**
 * A service in a process that is hostile to it in one way after another. Prints its `Account`.
 * `child.ts <with|without> [flags]`: with tacho or without; with `flags` Node's own are all that is hostile.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { rawExchange, withoutDate } from '../load/raw-exchange.ts';
import type { Account } from './account.ts';
import { BLINDING, FOR_GOOD, HOSTILITIES, type Hostility } from './hostilities.ts';

const QUIET_MS = 1_500;
const TOKEN = 'a-token-for-these-tests-0123456789abcdef';

const uncaught: string[] = [];
process.on('uncaughtException', (error) =>
  uncaught.push(`${current?.name}: ${String(error?.stack ?? error)}`),
);
process.on('unhandledRejection', (error) => uncaught.push(`${current?.name}: ${String(error)}`));

let monitoring: { adminApi?: { url: string } | undefined; shutdown(): Promise<void> } | undefined;
if (process.argv[2] === 'with') {
  const { startMonitoring } = await import('tacho');
  monitoring = startMonitoring({ store: 'memory', adminApi: { port: 0, tokens: [TOKEN] } });
}

let current: Hostility | undefined;
let given = 0;

const hostile = (request: IncomingMessage, response: ServerResponse): void => {
  given++;
  current?.toEach?.(request as never, response as never);
};

/** Koa itself can't be loaded where Node is made strict. */
const onlyFlags = process.argv[3] === 'flags';

async function koaServer(): Promise<Server> {
  const { default: Koa } = await import('koa');
  const app = new Koa();
  app.silent = true;
  app.use(async (ctx) => {
    hostile(ctx.req, ctx.res);
    await pause(1);
    ctx.body = 'from Koa';
  });
  return createServer(app.callback());
}

const plain = createServer((request, response) => {
  const { headers } = request;
  hostile(request, response);
  if (headers['x-again'] !== undefined && response.writableEnded) return;
  response.setHeader('A', 'b').write('in ');
  setTimeout(() => response.writableEnded || response.end('parts'), 1);
});
const servers = onlyFlags ? [plain] : [await koaServer(), plain];
const portOf = async (server: Server): Promise<number> => {
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return (server.address() as AddressInfo).port;
};
const ports = await Promise.all(servers.map(portOf));

async function repliesOf(name: string): Promise<string[]> {
  const line = `GET /${encodeURIComponent(name)}`;
  const last = `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;
  const kept = `${line}?kept HTTP/1.1\r\nHost: a\r\ntraceparent: 00-${'a'.repeat(32)}-${'b'.repeat(16)}-01\r\n\r\n`;
  const sent = [last, kept + last];
  const replies = await Promise.all(
    ports.flatMap((port) => sent.map((bytes) => rawExchange(port, Buffer.from(bytes), QUIET_MS))),
  );
  return replies.map(({ bytes, closed }) => `${withoutDate(bytes)}${closed ? '' : ' (left open)'}`);
}

const replies: Record<string, string[]> = {};
const handled: Record<string, number> = {};
const counted: Record<string, number> = {};

async function under(hostilities: readonly Hostility[]): Promise<void> {
  for (const hostility of hostilities) {
    current = hostility;
    const before = { given, total: await total() };
    const undo = hostility.begin?.();
    replies[hostility.name] = await repliesOf(hostility.name);
    undo?.();
    handled[hostility.name] = given - before.given;
    counted[hostility.name] = (await total()) - before.total;
    current = undefined;
  }
}

if (onlyFlags) await under([{ name: 'flags' }]);
else {
  await under([{ name: 'nothing' }, ...HOSTILITIES, { name: 'nothing any more' }, ...BLINDING]);
  // A Koa that is served by frozen prototypes fails, and must not take the process with it.
  await under(FOR_GOOD);
}
const account: Account = { replies, uncaught, handled, counted };
process.stdout.write(JSON.stringify(account));
await monitoring?.shutdown();
for (const server of servers) server.close().closeAllConnections();

/** Of all requests that were seen, measured or not; NaN where nobody can be asked. */
async function total(): Promise<number> {
  if (monitoring === undefined) return Number.NaN;
  for (let waits = 0; waits < 200 && monitoring.adminApi === undefined && !onlyFlags; waits++)
    await pause(10);
  if (monitoring.adminApi === undefined) return Number.NaN;
  const head = `GET /api/performance/summary HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${TOKEN}`;
  const bytes = Buffer.from(`${head}\r\nConnection: close\r\n\r\n`);
  const reply = await rawExchange(Number(new URL(monitoring.adminApi.url).port), bytes, 4 * QUIET_MS);
  const body = reply.bytes.slice(reply.bytes.indexOf('\r\n\r\n') + 4);
  if (!body.startsWith('{"total')) return Number.NaN;
  const { total_requests, invalid, not_measured } = JSON.parse(body);
  return total_requests + invalid + (not_measured['failed to observe'] ?? 0);
}
