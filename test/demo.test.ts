import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SystemMetrics } from '@tacho/api-contract';
import { type AdminApi, adminApi, type Summary } from './admin-api.ts';
import { eventually } from './eventually.ts';
import { type Child, endAll, start } from './processes.ts';
import { removeFolders, temporaryFolder } from './temporary-folder.ts';

let demo: Child;
let serviceUrl: string;
let token: string;
let admin: AdminApi;

beforeAll(async () => {
  const TACHO_STORE = join(await temporaryFolder(), 'tacho.db');
  demo = start(['node', 'examples/koa-api/run.ts'], {
    env: { PORT: '0', TACHO_ADMIN_PORT: '0', TACHO_STORE },
  });
  await demo.output('stdout', /Ctrl-C ends all of it/);
  serviceUrl = printed(/The service +(\S+)/);
  token = printed(/The token +(\S+)/);
  admin = adminApi(printed(/The admin API +(\S+)/), token);
});

afterAll(endAll);
afterAll(removeFolders);

describe('the demo', () => {
  it('has a service whose requests end in every way', async () => {
    expect(await (await fetch(`${serviceUrl}/healthz`)).text()).toBe('ok');
    const summary = await eventually('requests of every outcome', async () => {
      const seen = await admin.summary();
      return hasEveryOutcome(seen) ? seen : undefined;
    });
    expect(summary.not_measured['excluded /healthz']).toBeGreaterThan(0);
  });

  it('prints a command for each report of the guide, each of which has something to show', async () => {
    const commands = [...demo.stdout.matchAll(/curl -s -H 'Authorization: Bearer (\S+)' '(\S+)'/g)];
    expect(commands.map(([, bearer, url]) => [bearer, url?.replace(/\?.*/, '')])).toEqual(
      ['summary', 'endpoints', 'endpoints/POST%20/api/auth/login', 'slow-requests', 'system-metrics'].map(
        (report) => [token, `${admin.url}/api/performance/${report}`],
      ),
    );
    for (const [, , url = ''] of commands) {
      const answer = await admin.get(url.replace(`${admin.url}/api/performance/`, ''));
      expect(Object.keys((await answer.json()) as object)).not.toEqual([]);
    }
  });

  it('samples its own runtime', async () => {
    const answer = (await (await admin.get('system-metrics')).json()) as SystemMetrics;
    const [process] = answer.findLast(({ processes }) => processes.length > 0)?.processes ?? [];
    expect(process?.thread_id).toBe(0);
    expect(process?.v8js_memory_heap_used).toBeGreaterThan(1e6);
    expect(process?.nodejs_eventloop_utilization_percent).toBeGreaterThan(0);
  });

  it('answers nobody without the token', async () => {
    expect((await fetch(`${admin.url}/api/performance/summary`)).status).toBe(401);
  });

  it('ends its service too when it is told to end', async () => {
    expect(await demo.stop('SIGTERM')).toEqual({ code: 0, signal: null });
    await expect(fetch(`${serviceUrl}/healthz`)).rejects.toThrow();
    await expect(fetch(admin.url)).rejects.toThrow();
  });
});

function printed(pattern: RegExp): string {
  const [, value] = pattern.exec(demo.stdout) ?? [];
  if (value === undefined) throw new Error(`${pattern} is not in:\n${demo.stdout}`);
  return value;
}

function hasEveryOutcome({
  aborted,
  streamed,
  slow_requests,
  client_errors,
  server_errors,
}: Summary): boolean {
  return Math.min(aborted, streamed, slow_requests, client_errors, server_errors) > 0;
}
