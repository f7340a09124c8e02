import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { type Request, request } from '../load/request.ts';
import type { ReceivedSpan } from '../receiver/received.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { type Service, startService } from '../service.ts';

/** How many fast requests are sent, and how many of each kind that is kept. */
export const FAST = 2_000;
export const EACH = 8;

/** In trace contexts that clients have not sampled. */
const NOT_SAMPLED = 'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';

/** What came of a service that was asked for all of this and then shut its monitoring down. */
export interface Run {
  readonly spans: readonly ReceivedSpan[];
  /** Requests, by endpoint. */
  readonly counts: Readonly<Record<string, number>>;
  readonly stderr: string;
  /** Whether all of the clients were patched before the shutdown, and any behind it. */
  readonly isPatched: readonly [before: boolean, behind: boolean];
}

/**
 * @param how `imported` or `required`, as `service.ts` has it
 * @param folder where PostgreSQL is; none of it is asked where that is empty
 */
export async function run(
  backends: Service,
  folder: string,
  how: string,
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  const receiver = await startReceiver('answers');
  const service = await startService('test/kept-traces/service.ts', {
    monitored: 'itself',
    arguments: [String(backends.ports.redis), String(backends.ports.mysql), folder, how],
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.01',
      ...env,
    },
  });
  await sendAll(service.ports.http ?? 0);
  await service.ask('idle');
  const isLate = ({ name }: ReceivedSpan): boolean => name === 'begun after';
  await eventually('the late spans', () => receiver.spans().filter(isLate).length >= EACH || undefined);
  const endpoints = Object.entries(await service.admin.endpoints());
  const isPatched = (await service.ask('shutDown')) as Run['isPatched'];
  await service.stop();
  return {
    spans: receiver.spans(),
    counts: Object.fromEntries(
      endpoints.map(([endpoint, { count, aborted }]) => [endpoint, count + aborted]),
    ),
    stderr: service.child.stderr,
    isPatched,
  };
}

async function sendAll(port: number): Promise<void> {
  const one = await Connection.open(port);
  await one.exchangeOne(get('/connects/1'));
  const kept = range(EACH).flatMap((n) =>
    ['slow', 'fails', 'throws', 'late'].map(async (kind) => {
      const connection = await Connection.open(port);
      await connection.exchangeOne(get(`/${kind}/${n}`, n % 2 === 0 ? [NOT_SAMPLED] : []));
      await connection.close();
    }),
  );
  const leaving = range(EACH).map(async (n) => {
    const connection = await Connection.open(port);
    connection.write([get(`/leaves/${n}`)]);
    await connection.responseBegun();
    await connection.leave();
  });
  for (let n = 0; n < FAST; n += 100) await one.exchange(range(100).map((i) => get(`/fast/${n + i}`)));
  for (const n of range(5)) await one.exchangeOne(get(`/never/${n}`));
  await Promise.all([...kept, ...leaving]);
  await one.close();
}

function get(target: string, headers: readonly string[] = []): Request {
  return request({ method: 'GET', target, headers });
}

function range(length: number): number[] {
  return Array.from({ length }, (_, n) => n);
}
