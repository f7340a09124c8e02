import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { AccessLog, AccessLogVerification } from '@tacho/api-contract';
import { NOW_MS, type Served, serve } from './served.ts';

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(() => served.close());

const accesses = async (query = ''): Promise<AccessLog> =>
  (await (await served.get(`/access-log${query}`)).json()) as AccessLog;

it('has who asked for what, and what came of it; nothing that was in the request', async () => {
  await served.get('/summary?hours=3', { headers: { Authorization: 'Bearer wrong-secret' } });
  await served.get('/endpoints/GET%20%2Fsecret');
  await served.get('/nothing-here');
  await served.get('/users', { method: 'POST' });
  await served.get('/users');
  const seen = await accesses();
  expect(
    seen.map(({ who, role, method, operation, status, reason }) => [
      who,
      role,
      method,
      operation,
      status,
      reason,
    ]),
  ).toEqual([
    ['token', 'admin', 'GET', '/users', 200, null],
    ['token', 'admin', 'POST', '/users', 405, null],
    ['token', 'admin', 'GET', null, 404, null],
    ['token', 'admin', 'GET', '/endpoints/{endpoint}', 404, null],
    [null, null, 'GET', null, 401, 'unknown_token'],
  ]);
  expect(seen.map(({ network }) => network)).toEqual(Array.from(seen, () => '127.0.0.0'));
  expect(JSON.stringify(seen)).not.toMatch(/secret/);
});

it('is read page by page, and asking for it is in it', async () => {
  for (const path of ['/summary', '/users', '/health', '/trends']) await served.get(path);
  const first = await served.get('/access-log?limit=3');
  const cursor = first.headers.get('tacho-next-cursor');
  const next = await served.get(`/access-log?limit=3&cursor=${cursor}`);
  const operations = [...((await first.json()) as AccessLog), ...((await next.json()) as AccessLog)];
  expect(operations.map(({ operation }) => operation)).toEqual(['/trends', '/health', '/users', '/summary']);
  expect((await accesses())[0]).toMatchObject({ operation: '/access-log', status: 200, count: 1 });
});

it('is verified, and a head that was kept is known again', async () => {
  await served.get('/summary');
  const verify = async (query = ''): Promise<AccessLogVerification> =>
    (await (await served.get(`/access-log/verify${query}`)).json()) as AccessLogVerification;
  const { head, ...before } = await verify();
  expect(before).toMatchObject({ intact: true, entries: 1, fault_count: 0, kept_head: null });
  expect(before.newest).toBe(new Date(NOW_MS).toISOString().replace('Z', '000Z'));
  expect(await verify(`?head=${head}`)).toMatchObject({ intact: true, entries: 2, kept_head: 'found' });
  expect(await verify(`?head=${head.replace(/.$/, (last) => (last === '0' ? '1' : '0'))}`)).toMatchObject({
    intact: false,
    kept_head: 'unknown',
  });
});
