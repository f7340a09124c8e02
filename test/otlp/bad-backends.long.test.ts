import { env } from 'node:process';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { type Service, startService } from '../service.ts';
import { percentile } from '../steady/percentile.ts';
import { connectionsTo } from './backends/sockets.ts';
import { BACKENDS, type Backends, exportingTo, startBackends } from './backends/start-backends.ts';
import { exportHealth, isExact } from './health.ts';

/** Of load on each backend. */
const SECONDS = Number(env.EXPORT_SECONDS ?? 15);
/** Of requests to one service, before it is the other's turn. */
const BLOCK = 200;
const MOST_HEAP_GROWTH_BYTES = 8 * 1024 * 1024;
/** What a machine that does other things too allows for: a slowdown has to be both. The figures are printed. */
const MOST_LATENCY_RATIO = 1.25;
const LEAST_SLOWDOWN_MS = 1;

let backends: Backends;
beforeAll(async () => {
  backends = await startBackends();
});
afterAll(async () => {
  backends.close();
  await endAll();
});

it.each(Object.keys(BACKENDS))(
  `for ${SECONDS} s a service does not feel its backend: %s`,
  async (backend) => {
    const port = backends.portOf(backend);
    const held = await connectionsTo(port);
    const [bad, well] = await Promise.all([
      loaded(backend, port),
      loaded('http is well', backends.portOf('http is well')),
    ]);
    let sockets = 0;
    let looks = 0;
    for (const endAt = performance.now() + SECONDS * 1_000; performance.now() < endAt; looks++) {
      await bad.sendBlock();
      await well.sendBlock();
      // Both are asked, so that both are disturbed alike.
      for (const { service } of [bad, well])
        expect(isExact((await exportHealth(service.admin)).spans)).toBe(true);
      sockets = Math.max(sockets, (await connectionsTo(port)) - held);
    }
    const [ours, others] = [await bad.end(), await well.end()];
    const ratio = ours.p99Ms / others.p99Ms;
    console.log(
      `${backend}: p99 ${ours.p99Ms.toFixed(2)} ms, ${others.p99Ms.toFixed(2)} ms with one that is well (${ratio.toFixed(2)}); ` +
        `heap ${(ours.heapGrowthBytes / 2 ** 20).toFixed(1)} MiB more; ${sockets} sockets; ` +
        `exact at ${looks} looks: ${JSON.stringify(ours.spans)}; ended in ${ours.endedInMs.toFixed(0)} ms`,
    );
    expect(sockets).toBeLessThanOrEqual(backend === 'http is well' ? 4 : 2);
    expect(ours.heapGrowthBytes).toBeLessThan(MOST_HEAP_GROWTH_BYTES);
    const isSlower = ratio > MOST_LATENCY_RATIO && ours.p99Ms - others.p99Ms > LEAST_SLOWDOWN_MS;
    expect(isSlower).toBe(false);
    expect(ours.spans.produced).toBe((looks + 1) * BLOCK);
  },
);

async function loaded(backend: string, port: number) {
  const service = await startService('test/services/users.ts', {
    nodeArguments: ['--expose-gc'],
    env: {
      ...exportingTo(backend, port),
      OTEL_BSP_SCHEDULE_DELAY: '500',
      OTEL_BSP_MAX_QUEUE_SIZE: '1000',
      OTEL_EXPORTER_OTLP_TIMEOUT: '2000',
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
    },
  });
  const connection = await Connection.open(service.ports.http!);
  const p99sMs: number[] = [];
  const sendBlock = async (): Promise<void> => {
    p99sMs.push(percentile(await latenciesMs(connection), 99));
  };
  await sendBlock();
  p99sMs.pop();
  const heapBefore = (await service.ask('heapUsedBytes')) as number;
  return { service, sendBlock, end: () => ended(service, connection, heapBefore, p99sMs) };
}

async function latenciesMs(connection: Connection): Promise<number[]> {
  const latencies: number[] = [];
  for (let n = 0; n < BLOCK; n++) {
    const sentAt = performance.now();
    await connection.exchangeOne(request({ method: 'GET', target: `/users/${n}` }));
    latencies.push(performance.now() - sentAt);
  }
  return latencies;
}

async function ended(
  service: Service,
  connection: Connection,
  heapBefore: number,
  p99sMs: readonly number[],
) {
  await connection.close();
  await service.ask('idle');
  const heapGrowthBytes = ((await service.ask('heapUsedBytes')) as number) - heapBefore;
  const { spans } = await exportHealth(service.admin);
  const askedAt = performance.now();
  expect(await service.stop()).toEqual({ code: null, signal: 'SIGTERM' });
  // The blocks of the two take turns, so the middle one of each was sent in like times.
  return { p99Ms: percentile(p99sMs, 50), heapGrowthBytes, spans, endedInMs: performance.now() - askedAt };
}
