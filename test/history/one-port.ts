import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import { type AdminApi, adminApi } from '../admin-api.ts';
import { eventually } from '../eventually.ts';
import { type Service, startService, TOKEN } from '../service.ts';
import { send, total } from './members.ts';

/** In which an answer has all that was measured before it, also by others, and long before they flush by themselves. */
const SOON_MS = 4_000;

/** In which another process has the port of one that was killed: a second, and some more on a busy machine. */
const TAKEN_OVER_MS = 5_000;

export interface OnePortOptions {
  readonly workers: number;
  readonly rounds: number;
  /** To each server, in each round. */
  readonly requests: number;
}

/**
 * A process with two worker threads, and a cluster, share a file and an admin port. Whoever has the port answers for
 * all of them as of now; a worker is killed and another started; then the one that has the port is killed.
 */
export async function shareAPort(file: string, { workers, rounds, requests }: OnePortOptions): Promise<void> {
  const port = await freePort();
  const env = { TACHO_ADMIN_PORT: String(port), TACHO_ADMIN_TOKEN: TOKEN, TACHO_STORE: file };
  const member = await startService('test/history/member.ts', { env, arguments: ['2'] });
  const cluster = await startService('test/history/cluster-app.ts', {
    env,
    arguments: [String(workers)],
    adminElsewhere: true,
  });
  const admin = adminApi(`http://127.0.0.1:${port}`, TOKEN);
  await eventually('all to know of each other', async () => {
    await total(admin);
    const { store } = (await (await admin.get('health')).json()) as { store: Health };
    return store.processes === workers + 4 && store.leader_pid !== null ? true : undefined;
  });

  let sent = 0;
  const load = async (services: readonly Service[]): Promise<void> => {
    const ports = services.flatMap(({ ports: own }) => Object.values(own));
    await Promise.all(ports.map((own) => send(own, requests)));
    sent += ports.length * requests;
  };
  const watch = watchTotal(admin);
  for (let round = 0; round < rounds; round++) {
    await load([member, cluster]);
    await answers(admin, sent);
    // All that an answer has shown is stored, whoever dies.
    await cluster.ask('replace');
  }
  await watch.stop();

  await member.child.stop('SIGKILL');
  await eventually('another process to answer', () => total(admin).catch(() => undefined), TAKEN_OVER_MS);
  expect(await total(admin)).toBe(sent);
  await load([cluster]);
  await answers(admin, sent);

  expect(await cluster.ask('listenings')).toBe(workers + rounds);
  const lines = cluster.child.stderr.split('\n');
  // A worker that was killed may not have come to say so.
  const standBy = lines.filter((line) => line.includes('stands by')).length;
  expect([standBy >= workers + 1, standBy <= workers + rounds + 1]).toEqual([true, true]);
  expect(lines.filter((line) => line.includes('the admin API is at'))).toHaveLength(1);
  expect(lines.filter((line) => line.includes('in use'))).toEqual([]);
  await cluster.stop();
}

interface Health {
  readonly processes: number;
  readonly leader_pid: number | null;
}

async function answers(admin: AdminApi, requests: number): Promise<void> {
  await eventually(
    `an answer of ${requests} requests`,
    async () => ((await total(admin)) === requests ? true : undefined),
    SOON_MS,
  );
}

/** Asks again and again, while something else goes on: no answer may be less than one before. */
function watchTotal(admin: AdminApi): { stop(): Promise<void> } {
  const totals: number[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      totals.push(await total(admin));
      await new Promise((settle) => setTimeout(settle, 50));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await watching;
      expect(totals).toEqual([...totals].sort((a, b) => a - b));
    },
  };
}

async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
