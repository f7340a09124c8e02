import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { type SystemMetrics, validateSystemMetrics } from '@tacho/api-contract';
import { type AdminApi, adminApi } from '../admin-api.ts';
import { eventually } from '../eventually.ts';
import { endAll } from '../processes.ts';
import { ADMIN_ENVIRONMENT, type Service, startService, TOKEN } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';

const ADMIN_ADDRESSES = /http:\/\/127\.0\.0\.1:\d+/g;
/** Of 0.2 s, what is seen at the least. */
const SEEN_SECONDS = 0.179;
/** A sample is taken each ten seconds, and stored within ten more. */
const LIMIT_MS = 40_000;

afterEach(endAll);
afterEach(removeFolders);

it('two processes with a worker thread each are all in the answer of any, and what each did is its own', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  const first = await start(file);
  const second = await start(file);
  const threads = await Promise.all([first, second].map(({ service }) => service.ask('threadId')));
  const pids = [first, second].map(({ service }) => service.child.pid);
  const [blocked = 0, other = 0] = pids;
  await fetch(`http://127.0.0.1:${first.service.ports.main}/blocks`);
  await fetch(`http://127.0.0.1:${second.service.ports.thread}/blocks`);

  const sources = pids.flatMap((pid, place) => [`${pid} 0`, `${pid} ${threads[place]}`]).sort();
  for (const admin of [...first.admins, ...second.admins]) {
    const metrics = await eventually(
      `all four threads at ${admin.url}`,
      async () => {
        const answer = await systemMetrics(admin);
        const held = ['0', String(threads[1])].map((id, place) => longestDelay(answer, pids[place]!, id));
        return sourcesIn(answer).length === 4 && held.every((seconds) => seconds >= SEEN_SECONDS)
          ? answer
          : undefined;
      },
      LIMIT_MS,
    );
    expect(sourcesIn(metrics).sort()).toEqual(sources);
    expect(longestDelay(metrics, blocked, '0')).toBeGreaterThanOrEqual(SEEN_SECONDS);
    expect(longestDelay(metrics, other, String(threads[1]))).toBeGreaterThanOrEqual(SEEN_SECONDS);
    for (const { processes } of metrics) {
      for (const process of processes) {
        expect(process.v8js_memory_heap_used).toBeGreaterThan(1e6);
        expect(process.v8js_memory_heap_used).toBeLessThan(process.v8js_memory_heap_limit);
        expect(process.process_memory_usage).toBeGreaterThan(process.v8js_memory_heap_used);
        expect(process.v8js_resource_active).toBeGreaterThan(0);
        expect(process.interval).toBeGreaterThan(0);
        expect(process.process_uptime).toBeGreaterThan(0);
      }
    }
  }
});

interface Started {
  readonly service: Service;
  readonly admins: readonly AdminApi[];
}

async function start(file: string): Promise<Started> {
  const service = await startService('test/runtime/service.ts', {
    env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: file },
  });
  const urls = await eventually('both admin APIs', () => {
    const found = [...new Set(service.child.stderr.match(ADMIN_ADDRESSES) ?? [])];
    return found.length < 2 ? undefined : found;
  });
  return { service, admins: urls.map((url) => adminApi(url, TOKEN)) };
}

async function systemMetrics(admin: AdminApi): Promise<SystemMetrics> {
  const answer = await admin.get('system-metrics');
  const validation = validateSystemMetrics(await answer.json());
  if (!validation.ok) throw new Error(JSON.stringify(validation));
  return validation.value;
}

function sourcesIn(metrics: SystemMetrics): string[] {
  const sources = metrics.flatMap(({ processes }) =>
    processes.map(({ pid, thread_id }) => `${pid} ${thread_id}`),
  );
  return [...new Set(sources)];
}

function longestDelay(metrics: SystemMetrics, pid: number, threadId: string): number {
  const ofThread = metrics.flatMap(({ processes }) =>
    processes.filter((process) => process.pid === pid && String(process.thread_id) === threadId),
  );
  return Math.max(0, ...ofThread.map(({ nodejs_eventloop_delay_max }) => nodejs_eventloop_delay_max));
}
