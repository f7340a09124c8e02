import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { rawExchange, withoutDate } from '../load/raw-exchange.ts';
import { request } from '../load/request.ts';
import { endAll, start } from '../processes.ts';
import { ADMIN_ENVIRONMENT, type Service, startService } from '../service.ts';
import { connectionsTo } from './backends/sockets.ts';
import { BACKENDS, type Backends, exportingTo, type Fate, startBackends } from './backends/start-backends.ts';
import { exportHealth, isExact, type SpanFigures } from './health.ts';

/** Far above the second we aim for: catches a process that hangs on to its export. */
const LIMIT_MS = 10_000;
/** How long each backend is tried: several of its time-outs. */
const DURATION_MS = 2_500;
/** Between two looks at the figures. */
const PAUSE_MS = 150;

const CLOSE = ['Connection: close'];
const ASKED = [
  request({ method: 'GET', target: '/users/1', headers: CLOSE }),
  request({ method: 'HEAD', target: '/users/1', headers: CLOSE }),
  request({ method: 'POST', target: '/users', headers: CLOSE, body: '{}' }),
  request({ method: 'GET', target: '/fails', headers: CLOSE }),
  request({ method: 'GET', target: '/nowhere', headers: CLOSE }),
];

let expected: readonly string[];
let backends: Backends;

/** What the tests of a file begin and end with. */
export function withBackends(): void {
  beforeAll(async () => {
    const service = await startService('test/services/users.ts', { monitored: 'no' });
    expected = await repliesOf(service.ports.http!);
    await service.stop();
    backends = await startBackends();
  });

  afterAll(async () => {
    backends.close();
    await endAll();
  });
}

/** That with such a backend a service answers the same, counts every span and ends soon. */
export function serveTheSame(backendNames: readonly string[]): void {
  it.concurrent.each(backendNames)('%s', async (backend) => {
    const port = backends.portOf(backend);
    const service = await startService('test/services/users.ts', { env: environmentOf(backend, port) });
    const heldByOthers = await connectionsTo(port);
    const seen = await tryFor(DURATION_MS, service, port);

    expect(seen.replies).toEqual(new Set([JSON.stringify(expected)]));
    expect(seen.inexact).toEqual([]);
    expect(seen.sockets - heldByOthers).toBeLessThanOrEqual(2);
    const { spans } = await exportHealth(service.admin);
    expect(spans.produced).toBe(seen.rounds * ASKED.length);
    expect((await service.admin.summary()).total_requests).toBe(seen.rounds * ASKED.length);
    expect(whatBecameOf(spans)).toBe(BACKENDS[backend]);

    const askedToEndAt = performance.now();
    expect(await service.stop()).toEqual({ code: null, signal: 'SIGTERM' });
    const tookMs = performance.now() - askedToEndAt;
    console.log(
      `${backend}: ${JSON.stringify(spans)}; ${seen.sockets - heldByOthers} sockets at most; ended in ${tookMs.toFixed(0)} ms`,
    );
    expect(tookMs).toBeLessThan(LIMIT_MS);
    expect(service.child.stderr).not.toMatch(/unhandled|UnhandledPromise|at .*\.ts:\d+/i);
  });
}

/** That a process with nothing more to do is not held for longer than a time-out. */
export function endByThemselves(backendNames: readonly string[]): void {
  it.concurrent.each(backendNames)('%s', async (backend) => {
    const command = ['node', '--import', 'tacho/register', 'test/otlp/backends/ends-by-itself.ts'];
    const env = { ...ADMIN_ENVIRONMENT, ...environmentOf(backend, backends.portOf(backend)) };
    const child = start(command, { env });
    expect(await child.end()).toEqual({ code: 0, signal: null });
    const [, heldMs = ''] = /held for (\d+) ms/.exec(child.stdout) ?? [];
    expect(Number(heldMs)).toBeLessThan(3_000);
  });
}

function environmentOf(backend: string, port: number): Record<string, string> {
  return {
    ...exportingTo(backend, port),
    OTEL_EXPORTER_OTLP_TIMEOUT: '600',
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_BSP_MAX_QUEUE_SIZE: '40',
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '10',
    OTEL_METRIC_EXPORT_INTERVAL: '700',
    OTEL_METRIC_EXPORT_TIMEOUT: '650',
  };
}

interface Seen {
  readonly rounds: number;
  readonly replies: ReadonlySet<string>;
  /** Figures that do not add up. */
  readonly inexact: readonly SpanFigures[];
  /** At most, of all connections to the backend. */
  readonly sockets: number;
}

async function tryFor(durationMs: number, service: Service, port: number): Promise<Seen> {
  const replies = new Set<string>();
  const inexact: SpanFigures[] = [];
  let sockets = 0;
  let rounds = 0;
  for (const endAt = performance.now() + durationMs; performance.now() < endAt; rounds++) {
    replies.add(JSON.stringify(await repliesOf(service.ports.http!)));
    const { spans } = await exportHealth(service.admin);
    if (!isExact(spans)) inexact.push(spans);
    sockets = Math.max(sockets, await connectionsTo(port));
    await pause(PAUSE_MS);
  }
  await service.ask('idle');
  return { rounds, replies, inexact, sockets };
}

function whatBecameOf({ sent, queued, dropped_because: { refused } }: SpanFigures): Fate | 'unclear' {
  if (sent > 0) return refused === 0 ? 'sent' : 'unclear';
  if (refused > 0) return 'refused';
  return queued > 0 ? 'kept' : 'unclear';
}

async function repliesOf(port: number): Promise<string[]> {
  const replies: string[] = [];
  for (const { bytes } of ASKED) {
    replies.push(withoutDate((await rawExchange(port, Buffer.from(bytes, 'latin1'), LIMIT_MS)).bytes));
  }
  return replies;
}
