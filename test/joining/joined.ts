import { expect } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { type ComparableSpan, comparableSpan, compareSpans } from '../parity/comparable-span.ts';
import { SpanReceiver } from '../parity/span-receiver.ts';
import { type Service, type ServiceOptions, startService } from '../service.ts';

/** Applications with an OpenTelemetry SDK of their own. */
export const SDKS = { '2.x': 'test/apps/sdk-2/main.ts', '3.x': 'test/joining/sdk-3.ts' };

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const PARENT = [`traceparent: 00-${TRACE_ID}-b7ad6b7169203331-01`, 'tracestate: a=b'];
const UNSAMPLED = [`traceparent: 00-${TRACE_ID}-b7ad6b7169203331-00`];

const ROUND = [
  request({ method: 'GET', target: '/users/17' }),
  request({ method: 'GET', target: '/users/18?secret=1', headers: PARENT }),
  request({ method: 'GET', target: '/users/19', headers: UNSAMPLED }),
  request({ method: 'POST', target: '/users', body: 'a body' }),
  request({ method: 'GET', target: '/fails' }),
  request({ method: 'HEAD', target: '/users/20' }),
  request({ method: 'GET', target: '/nowhere' }),
];
/** Of each round: of the requests that are sampled, those of the calls that they lead to, and what they mark themselves. */
const SPANS = 20;
const COUNTS = {
  'GET /users/:id': 3,
  'HEAD /users/:id': 1,
  'POST /users': 1,
  'GET /fails': 1,
  'GET /{name}': 1,
  // One from each handler of users, and one for the part that a body came in.
  'GET /upstream': 5,
};

/** How tacho comes to an application, and how it is set up. */
export const WAYS = {
  before: { settings: {}, options: {} },
  after: { settings: { TACHO_HTTP: 'standard' }, options: {} },
  registered: { settings: { TACHO_TRACES: 'off' }, options: { monitored: 'register' } },
} as const;
export type Way = keyof typeof WAYS;

interface Exported {
  readonly spans: (ComparableSpan & { readonly scopeName: string })[];
  readonly counts: Record<string, number> | undefined;
  readonly users: number;
  /** Of the spans of requests that failed. */
  readonly failedTraces: string[];
  readonly stderr: string;
}

/** Runs the application, sends it everything, ends it, and tells what it has exported. */
async function run(
  program: string,
  rounds: number,
  order: 'without' | Way,
  settings: Readonly<Record<string, string>> = {},
  options: ServiceOptions = {},
): Promise<Exported> {
  const receiver = await SpanReceiver.start();
  try {
    const service = await startService(program, {
      monitored: order === 'without' ? 'no' : 'itself',
      ...options,
      arguments: [order],
      env: { ...receiver.environment, ...settings },
    });
    await sendAll(service, rounds);
    const counts = order === 'without' ? undefined : await countsOf(service, rounds);
    const users = order === 'without' ? 0 : await usersOf(service);
    await service.stop();
    const { spans } = receiver;
    return {
      spans: spans
        .map((one) => ({
          ...comparableSpan(one, spans, TRACE_ID, service.ports),
          scopeName: `${one.scope.name} ${one.scope.version}`,
        }))
        .sort(compareSpans),
      counts,
      users,
      failedTraces: spans
        .filter(({ span }) => JSON.stringify(span.attributes).includes('/fails'))
        .map(({ span }) => span.traceId)
        .sort(),
      stderr: service.child.stderr,
    };
  } finally {
    receiver.close();
  }
}

async function sendAll(service: Service, rounds: number): Promise<void> {
  const connection = await Connection.open(service.ports.http!);
  for (let round = 0; round < rounds; round++) await connection.exchange(ROUND);
  connection.socket.end();
  await connection.closed;
  await service.ask('idle');
}

async function countsOf({ admin }: Service, rounds: number): Promise<Record<string, number>> {
  const sent = rounds * Object.values(COUNTS).reduce((sum, count) => sum + count, 0);
  const endpoints = await eventually('every request to be counted', async () => {
    const all = await admin.endpoints();
    return Object.values(all).reduce((sum, { count }) => sum + count, 0) >= sent ? all : undefined;
  });
  return Object.fromEntries(Object.entries(endpoints).map(([name, { count }]) => [name, count]));
}

async function usersOf({ admin }: Service): Promise<number> {
  const { users } = (await (await admin.get('users')).json()) as { users: unknown[] };
  return users.length;
}

/** The traces in the lines that failed requests are logged in: of many at once, not each has one. */
function loggedTraces(stderr: string): unknown[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('{') && line.includes('"/fails"'));
  return lines.map((line) => (JSON.parse(line) as { trace_id?: unknown }).trace_id);
}

/** That an application exports the same spans with tacho as without, whichever comes first, and is counted. */
export async function expectJoined(program: string, ways: readonly Way[], rounds: number): Promise<void> {
  const without = await run(program, rounds, 'without');
  expect(without.spans).toHaveLength(SPANS * rounds);
  const counts = Object.fromEntries(Object.entries(COUNTS).map(([name, count]) => [name, count * rounds]));
  for (const way of ways) {
    const { settings, options } = WAYS[way];
    const joined = await run(program, rounds, way, settings, options);
    expect(joined.spans).toEqual(without.spans);
    expect(joined.counts).toEqual(counts);
    const isTraced = !('TACHO_TRACES' in settings);
    // The span of a request that is not sampled knows nobody.
    expect(joined.users).toBe(isTraced ? 3 : 0);
    expect(joined.failedTraces).toHaveLength(rounds);
    const logged = new Set(loggedTraces(joined.stderr));
    expect(logged.size).toBeGreaterThan(0);
    expect(isTraced ? joined.failedTraces : [null]).toEqual(expect.arrayContaining([...logged]));
    expect(joined.stderr.includes('the application has an OpenTelemetry SDK of its own')).toBe(isTraced);
  }
}
