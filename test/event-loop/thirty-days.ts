import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdminApi, createAdminServer } from '@tacho/admin-api';
import { Aggregator, DAY_MS, DEFAULT_LIMITS, encodeWindow, HOUR_MS } from '@tacho/core';
import { History, WindowWriter } from '@tacho/store';
import { SqliteStore } from '@tacho/store-sqlite';

const DAYS = 30;
export const ENDPOINTS = 1000;
const REQUESTS = 40;
const NOW_MS = Date.UTC(2026, 0, 31, 15, 20);

export interface ThirtyDays {
  /** Where `GET /endpoints` is asked. */
  readonly port: number;
  close(): Promise<void>;
}

/** The admin API over a store that has thirty days of a thousand endpoints, in a process that has as many live. */
export async function thirtyDays(): Promise<ThirtyDays> {
  const folder = mkdtempSync(join(tmpdir(), 'tacho-thirty-days-'));
  const clock = { now: () => NOW_MS, every: () => () => {} };
  const store = new SqliteStore({
    path: join(folder, 'tacho.db'),
    encryptionKeys: [],
    limits: DEFAULT_LIMITS,
    retentionMs: { minute: 31 * DAY_MS, hour: 31 * DAY_MS, day: 31 * DAY_MS },
    maxBytes: 2 ** 30,
    writer: 'test',
    clock,
    onNotice: () => {},
  });
  store.hold();
  const aggregator = new Aggregator({ nowMs: NOW_MS - 5000 });
  measure(aggregator);
  const payload = encodeWindow(aggregator.live);
  for (let day = 0; day < DAYS; day++) {
    const minuteMs = NOW_MS - (day + 1) * DAY_MS + HOUR_MS;
    await store.windows.append([
      { minuteMs, spanMs: HOUR_MS, writer: 'past', sequence: DAYS - day, payload },
    ]);
  }
  const writer = new WindowWriter({ aggregator, store: store.windows, writer: 'test', clock });
  const history = new History({
    store: store.windows,
    limits: DEFAULT_LIMITS,
    unstored: () => writer.unstored(),
  });
  const health = () => {
    throw new Error('nobody asks how it is');
  };
  const identify = () => ({ kind: 'identity', identity: { name: 'reader', role: 'viewer' } }) as const;
  const { journal } = store;
  const server = createAdminServer(
    createAdminApi({ history, clock, health, identify, journal, writer: 'test', rateLimit: false }).own,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function measure(aggregator: Aggregator): void {
  for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
    for (let n = 0; n < REQUESTS; n++) {
      aggregator.record({
        startMs: NOW_MS - 4000,
        durationMs: 2 ** (n / 4) + endpoint / 100,
        method: 'GET',
        route: `/api/v1/resources/{id}/${endpoint}`,
        status: n === 0 ? 500 : 200,
        outcome: 'completed',
        user: `k1-${(n % 40).toString(16).padStart(32, '0')}`,
        traceId: undefined,
      });
    }
  }
}
