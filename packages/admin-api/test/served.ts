import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ceilTo,
  DEFAULT_LIMITS,
  floorTo,
  MINUTE_MS,
  type RequestRecord,
  type RuntimeSample,
  type SystemSample,
  Window,
} from '@tacho/core';
import { History, MemoryJournal, MemoryStore } from '@tacho/store';
import { type AdminApiOptions, createAdminApi } from '../src/admin-api.ts';
import type { ServiceParts } from '../src/health-report.ts';
import { type ConnectionLimits, createAdminServer } from '../src/server/server.ts';
import { STRICT_HEADERS } from '../src/strict-headers.ts';
import { bearers } from './bearers.ts';
import { answersTo, type RawAnswer } from './raw-http.ts';

export const TOKEN = 'a-token-for-these-tests';
export const NOW_MS = Date.parse('2025-07-19T01:42:25.123Z');
export const clock = { now: () => NOW_MS, every: () => () => {} };

/** Of every answer, as they are read. */
export const STRICT = Object.fromEntries(
  Object.entries(STRICT_HEADERS).map(([name, value]) => [name.toLowerCase(), value]),
);

const store = new MemoryStore({ clock, limits: DEFAULT_LIMITS });
/** Of the process that answers. */
export const process = {
  version: '0.1.0',
  node: '24.16.0',
  pid: 4712,
  startedMs: NOW_MS - 60_000,
  traces: 'on',
  http: 'lean',
} as const;

export const health = (): ServiceParts => ({
  store: store.status(),
  isLeader: true,
  leaderPid: 4711,
  export: undefined,
  backups: undefined,
  process,
  notices: { count: 0, latest: [] },
});

/** The history of a process that has measured this and stored nothing yet. */
export function historyOf(window: Window): History {
  const minuteMs = floorTo(window.startMs, MINUTE_MS);
  const spanMs = ceilTo(window.endMs, MINUTE_MS) - minuteMs;
  const unstored = () => [{ minuteMs, spanMs, writer: 'process', sequence: 0, window }];
  return new History({ store, limits: window.limits, unstored });
}

/** The admin API behind a real server. */
export interface Served {
  server: Server;
  port: number;
  /** Asks with the token unless `init` has other headers. @param path below `/api/performance` */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** Writes bytes to a connection of its own. @returns what came back, one answer for each that arrived whole */
  raw(request: string | Buffer): Promise<RawAnswer[]>;
  close(): Promise<void>;
}

export async function serve(
  options: Partial<AdminApiOptions> = {},
  limits: Partial<ConnectionLimits> = {},
): Promise<Served> {
  const server = createAdminServer(
    createAdminApi({
      history: historyOf(someTraffic()),
      clock,
      health,
      identify: bearers(TOKEN),
      rateLimit: false,
      journal: new MemoryJournal(),
      writer: 'process',
      ...options,
    }).own,
    limits,
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    server,
    port,
    get: (path, init) =>
      fetch(`http://127.0.0.1:${port}/api/performance${path}`, {
        headers: { Authorization: `Bearer ${TOKEN}` },
        ...init,
      }),
    raw: (request) => answersTo(port, request),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export function aRequest(fields: Partial<RequestRecord> = {}): RequestRecord {
  return {
    startMs: NOW_MS - 60_000,
    durationMs: 100,
    method: 'GET',
    route: '/',
    status: 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
    ...fields,
  };
}

export function aSample(fields: Partial<SystemSample> = {}): SystemSample {
  return {
    timestampMs: NOW_MS - 5_000,
    cpuPercent: 15.2,
    memoryPercent: 45.8,
    memoryAvailableBytes: 8_589_934_592,
    diskPercent: 67.3,
    diskFreeBytes: 21_474_836_480,
    ...fields,
  };
}

export function aRuntimeSample(fields: Partial<RuntimeSample> = {}): RuntimeSample {
  return {
    timestampMs: NOW_MS - 5_000,
    startMs: NOW_MS - 65_000,
    pid: 4711,
    threadId: 0,
    uptimeUs: 60_000_000,
    residentBytes: 90_000_000,
    heapUsedBytes: 20_000_000,
    heapLimitBytes: 4_000_000_000,
    externalBytes: 5_000_000,
    activeResources: 7,
    processors: 2,
    samples: 1,
    intervalUs: 10_000_000,
    cpuUs: 1_000_000,
    loopActiveUs: 800_000,
    gcCount: 3,
    gcPauseUs: 4500,
    gcWatchedUs: 10_000_000,
    gcLongestUs: 2000,
    loopDelayP50Us: 150,
    loopDelayP99Us: 4000,
    loopDelayMaxUs: 12_345,
    ...fields,
  };
}

export function emptyWindow(): Window {
  return new Window(DEFAULT_LIMITS, NOW_MS - 3_600_000, NOW_MS);
}

/** A little of everything, thirty slow requests among it. */
export function someTraffic(): Window {
  const window = emptyWindow();
  for (let n = 0; n < 30; n++) {
    window.record(aRequest({ method: 'POST', route: '/api/auth/login', durationMs: 2100 + n, status: 401 }));
  }
  window.record(aRequest());
  window.record(aRequest({ route: '/users/{id}', user: 'pseudonym' }));
  window.record(aRequest({ route: '__proto__' }));
  window.record(aRequest({ route: '/events', outcome: 'streamed' }));
  window.record(aRequest({ route: '/never', outcome: 'aborted' }));
  window.notMeasured.count('excluded /healthz', 4);
  window.addSample(aSample({ timestampMs: NOW_MS - 15_000 }));
  window.addSample(aSample());
  window.addRuntimeSample(aRuntimeSample());
  return window;
}
