import { connect, type Socket } from 'node:net';
import { type Reply, ReplyReader } from '../../test/load/reply-reader.ts';
import { ready } from '../../test/side-channel.ts';

/**
 * Somebody who has no business with the admin API, as a program: so many requests a second are offered to it, whether
 * or not the ones before are answered, over a few connections that each have one under way. What finds none of them
 * free is never sent: it is held off, not queued.
 */
const { port, perSecond, connections } = JSON.parse(process.argv[2] ?? '') as FloodOptions;

export interface FloodOptions {
  readonly port: number;
  readonly perSecond: number;
  readonly connections: number;
}

export interface FloodResult {
  readonly offered: number;
  /** By status. */
  readonly answered: Readonly<Record<number, number>>;
}

const TICK_MS = 5;
const RECONNECT_MS = 100;

const BAD_REQUESTS = [
  'Host: localhost\r\nAuthorization: Bearer a-token-that-nobody-has\r\n',
  'Host: localhost\r\n',
  'Host: rebound.example\r\nAuthorization: Bearer a-token-that-nobody-has\r\n',
  'Host: localhost\r\nOrigin: https://other.example\r\n',
].map((headers) => `GET /api/performance/summary HTTP/1.1\r\n${headers}\r\n`);

let offered = 0;
let answered: Record<number, number> = {};
let isOver = true;
const open = new Set<Socket>();
const free: Socket[] = [];

function connectOnce(): void {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  const onReply = ({ status }: Reply): void => {
    answered[status] = (answered[status] ?? 0) + 1;
    free.push(socket);
  };
  const reader = new ReplyReader(onReply, () => {});
  open.add(socket);
  socket.on('data', (bytes) => reader.push(bytes));
  socket.on('connect', () => free.push(socket));
  socket.on('error', () => {});
  socket.on('close', () => {
    open.delete(socket);
    if (free.includes(socket)) free.splice(free.indexOf(socket), 1);
    if (!isOver) setTimeout(connectOnce, RECONNECT_MS);
  });
}

async function flood(): Promise<void> {
  isOver = false;
  offered = 0;
  answered = {};
  for (let n = 0; n < connections; n++) connectOnce();
  const startMs = performance.now();
  while (!isOver) {
    const due = Math.floor(((performance.now() - startMs) / 1000) * perSecond);
    for (; offered < due; offered++) free.shift()?.write(BAD_REQUESTS[offered % BAD_REQUESTS.length]!);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
}

function end(): FloodResult {
  isOver = true;
  for (const socket of open) socket.destroy();
  return { offered, answered };
}

ready({}, { begin: () => void flood(), end });
