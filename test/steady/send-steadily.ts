import { setTimeout as pause } from 'node:timers/promises';
import { KINDS } from '../exactness/kinds.ts';
import { Connection } from '../load/connection.ts';
import { type Request, request } from '../load/request.ts';
import type { Tally } from '../load/tally.ts';
import { percentile } from './percentile.ts';

export interface SteadyPlan {
  readonly port: number;
  readonly requestsPerSecond: number;
  readonly connections: number;
  readonly seconds: number;
  /** For how long there is one percentile. */
  readonly intervalSeconds: number;
}

const USERS = 50;
const kinds = KINDS.filter(({ port }) => port === 'koa');

/**
 * Sends requests of all kinds at a fixed rate, on connections that are kept.
 * @returns the 99th percentile of their latencies for each interval, in milliseconds
 */
export async function sendSteadily(plan: SteadyPlan, tally: Tally): Promise<number[]> {
  const { connections, seconds, intervalSeconds } = plan;
  const latencies: number[][] = Array.from({ length: Math.round(seconds / intervalSeconds) }, () => []);
  const startMs = performance.now();
  const latency = (dueMs: number, latencyMs: number): void => {
    latencies[Math.floor((dueMs - startMs) / 1000 / intervalSeconds)]?.push(latencyMs);
  };
  const sending = Array.from({ length: connections }, (_, n) => send(plan, n, startMs, latency, tally));
  await Promise.all(sending);
  return latencies.map((interval) => percentile(interval, 99));
}

async function send(
  { port, requestsPerSecond, connections, seconds }: SteadyPlan,
  first: number,
  startMs: number,
  latency: (dueMs: number, latencyMs: number) => void,
  tally: Tally,
): Promise<void> {
  const connection = await Connection.open(port);
  for (let n = first; n < seconds * requestsPerSecond; n += connections) {
    const dueMs = startMs + (n / requestsPerSecond) * 1000;
    const earlyMs = dueMs - performance.now();
    if (earlyMs > 0) await pause(earlyMs);
    // A request that could not be sent in time, because the one before it was not answered, has waited since then.
    const sentMs = earlyMs > 0 ? performance.now() : dueMs;
    await exchange(connection, n, tally);
    latency(dueMs, performance.now() - sentMs);
  }
  await connection.close();
}

async function exchange(connection: Connection, n: number, tally: Tally): Promise<void> {
  const { endpoint, status: expected } = kindOf(n);
  const { status } = await connection.exchangeOne(requestOf(n));
  if (status !== expected) throw new Error(`${endpoint} was answered ${status}, not ${expected}`);
  tally.completed(endpoint, status);
}

function requestOf(n: number): Request {
  const { endpoint, parts } = kindOf(n);
  const { headers = [], ...rest } = parts(n);
  const method = endpoint.slice(0, endpoint.indexOf(' '));
  return request({ ...rest, method, headers: [...headers, `X-User: user ${n % USERS}`] });
}

function kindOf(n: number): (typeof kinds)[number] {
  return kinds[n % kinds.length]!;
}
