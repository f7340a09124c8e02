import { describe, expect, it } from '@jest/globals';
import { validateHealth } from '@tacho/api-contract';
import type { ExportStatus } from '@tacho/core';
import type { StoreStatus } from '@tacho/store';
import { health, NOW_MS, serve } from './served.ts';

const file: StoreStatus = {
  open: true,
  location: '/srv/app/.tacho/tacho.db',
  writers: 3,
  rows: 8640,
  bytes: 4_194_304,
  maxBytes: 1_073_741_824,
  overCap: false,
  oldestMs: NOW_MS - 3_600_000,
  newestMs: NOW_MS,
  encryption: 'on',
  unavailable: undefined,
  waitingRows: 1,
};

const exporting: ExportStatus = {
  spans: {
    produced: 100,
    sent: 60,
    queued: 25,
    dropped: 15,
    droppedBecause: { queueFull: 5, refused: 4, timedOut: 3, failed: 2, shutDown: 1 },
    notHeld: 8,
  },
  metrics: { sent: 7, failed: 2 },
  trouble: undefined,
};

async function healthOf(store: StoreStatus, exported?: ExportStatus): Promise<unknown> {
  const served = await serve({
    health: () => ({ ...health(), store, export: exported }),
  });
  const answer = await served.get('/health');
  const body = await answer.json();
  await served.close();
  expect(answer.status).toBe(200);
  expect(validateHealth(body)).toEqual({ ok: true, value: body });
  return body;
}

describe('health', () => {
  it('is of the store', async () => {
    expect(await healthOf(file)).toEqual({
      status: 'ok',
      store: {
        kind: 'file',
        location: '/srv/app/.tacho/tacho.db',
        state: 'ok',
        reason: null,
        rows: 8640,
        bytes: 4_194_304,
        max_bytes: 1_073_741_824,
        oldest: '2025-07-19T00:42:25.123000Z',
        newest: '2025-07-19T01:42:25.123000Z',
        encryption: 'on',
        waiting_rows: 1,
        leader: true,
        leader_pid: 4711,
        backups: null,
        processes: 3,
      },
      export: null,
      process: {
        version: '0.1.0',
        node: '24.16.0',
        pid: 4712,
        started: '2025-07-19T01:41:25.123000Z',
        now: '2025-07-19T01:42:25.123000Z',
        traces: 'on',
        http: 'lean',
      },
      notices: { count: 0, latest: [] },
    });
  });

  it('is of a store in memory, without a location, nor times before anything is stored', async () => {
    expect(await healthOf(health().store)).toMatchObject({
      status: 'ok',
      store: { kind: 'memory', location: null, rows: 0, oldest: null, newest: null, encryption: 'off' },
    });
  });

  it.each<[string, Partial<StoreStatus>, string]>([
    ['unavailable', { unavailable: 'The disk is full.' }, 'The disk is full.'],
    ['over_cap', { overCap: true }, 'The store takes up more than it may, and can give nothing up.'],
    ['closed', { open: false, unavailable: 'The store is closed.' }, 'The store is closed.'],
  ])('is degraded, which is no error: %s', async (code, fields, text) => {
    expect(await healthOf({ ...file, ...fields })).toMatchObject({
      status: 'degraded',
      store: { state: 'degraded', reason: { code, text } },
    });
  });

  it('is of the export, where there is one', async () => {
    expect(await healthOf(file, exporting)).toMatchObject({
      status: 'ok',
      export: {
        state: 'ok',
        reason: null,
        spans: {
          produced: 100,
          sent: 60,
          queued: 25,
          dropped: 15,
          dropped_because: { queue_full: 5, refused: 4, timed_out: 3, failed: 2, shut_down: 1 },
        },
        metrics: { sent: 7, failed: 2 },
      },
    });
    const troubled = { spans: undefined, metrics: undefined, trouble: 'HTTP status 503' };
    expect(await healthOf(file, troubled)).toMatchObject({
      status: 'degraded',
      store: { state: 'ok' },
      export: {
        state: 'degraded',
        reason: { code: 'not_exported', text: 'HTTP status 503' },
        spans: null,
        metrics: null,
      },
    });
  });

  it('has what tacho has warned of for admins alone, and how the store is copied', async () => {
    const latest = [{ level: 'warn' as const, timeMs: NOW_MS, text: 'the hook threw', count: 3 }];
    const parts = () => ({
      ...health(),
      backups: { everyMs: 21_600_000, dir: '/srv/backups' },
      notices: { count: 4, latest },
    });
    const told = async (role: 'admin' | 'viewer') => {
      const served = await serve({
        health: parts,
        identify: () => ({ kind: 'identity', identity: { name: 'somebody', role } }),
      });
      const body = await (await served.get('/health')).json();
      await served.close();
      expect(validateHealth(body)).toEqual({ ok: true, value: body });
      return body;
    };
    expect(await told('admin')).toMatchObject({
      store: { backups: { every_seconds: 21_600, folder: '/srv/backups' } },
      notices: {
        count: 4,
        latest: [
          { level: 'warn', timestamp: '2025-07-19T01:42:25.123000Z', text: 'the hook threw', count: 3 },
        ],
      },
    });
    expect(await told('viewer')).toMatchObject({ notices: null });
  });

  it('is one word to a stranger, and nothing to whoever gives a wrong token', async () => {
    const served = await serve();
    const stranger = await served.get('/health', { headers: {} });
    expect([stranger.status, await stranger.json()]).toEqual([200, { status: 'ok' }]);
    const wrong = await served.get('/health', { headers: { Authorization: 'Bearer wrong' } });
    expect(wrong.status).toBe(401);
    await served.close();
  });
});
