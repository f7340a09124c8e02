import { type AdminApi, adminApi } from '../admin-api.ts';
import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { ADMIN_ENVIRONMENT, type Service, startService, TOKEN } from '../service.ts';

/** Requests written in one go on one connection. */
const PIPELINED = 50;

const ADMIN_ADDRESSES = /http:\/\/127\.0\.0\.1:\d+/g;

export interface Member {
  readonly service: Service;
  /** Of the main thread and of the worker thread: each answers for all that share the file. */
  readonly admins: readonly AdminApi[];
}

/** Starts `member.ts` on a store's file. */
export async function startMember(file: string): Promise<Member> {
  const service = await startService('test/history/member.ts', {
    env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: file },
  });
  const urls = await eventually('both admin APIs', () => {
    const found = [...new Set(service.child.stderr.match(ADMIN_ADDRESSES) ?? [])];
    return found.length < 2 ? undefined : found;
  });
  return { service, admins: urls.map((url) => adminApi(url, TOKEN)) };
}

/** Sends so many requests to a port, some of which fail. */
export async function send(port: number, requests: number): Promise<void> {
  const connection = await Connection.open(port);
  for (let sent = 0; sent < requests; sent += PIPELINED) {
    const batch = Array.from({ length: Math.min(PIPELINED, requests - sent) }, (_, n) =>
      request({ method: 'GET', target: n === 0 ? '/fails' : '/works' }),
    );
    await connection.exchange(batch);
  }
  await connection.close();
}

export async function total(admin: AdminApi): Promise<number> {
  return (await admin.summary()).total_requests;
}

/** Waits until the API's answer has everything: flushed by whoever measured it, at most one interval ago. */
export async function reaches(admin: AdminApi, requests: number): Promise<void> {
  await eventually(
    `${requests} requests at ${admin.url}`,
    async () => ((await total(admin)) >= requests ? true : undefined),
    25_000,
  );
}
