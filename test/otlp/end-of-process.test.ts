import { afterEach, expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { startService } from '../service.ts';

const REQUESTS = 7;
/** Longer than the test: whatever arrives was sent because the process was asked to end. */
const NEVER_MS = '600000';

afterEach(endAll);

it.each([
  ['SIGTERM', 'lean'],
  ['SIGINT', 'lean'],
  ['SIGTERM', 'standard'],
] as const)('%s sends what no export has taken yet: %s', async (signal, http) => {
  const { receiver, child } = await afterRequests({ TACHO_HTTP: http });
  expect(receiver.spans()).toEqual([]);
  expect(await child.stop(signal)).toEqual({ code: null, signal });
  await receiver.spanNamed('GET /users/:id');
  expect(receiver.spans().map(({ name }) => name)).toEqual(
    Array.from({ length: REQUESTS }, () => 'GET /users/:id'),
  );
  const duration = await receiver.metricNamed('http.server.request.duration');
  expect(duration.points).toEqual([expect.objectContaining({ value: REQUESTS })]);
});

it.each([
  ['that the sampler has turned down', { OTEL_TRACES_SAMPLER: 'always_off' }],
  ['that the sampler has turned down', { OTEL_TRACES_SAMPLER: 'always_off', TACHO_HTTP: 'standard' }],
  ['where there are none', { TACHO_TRACES: 'off' }],
])('sends no span %s, and measures and counts its request all the same: %j', async (_which, env) => {
  const { receiver, child, admin } = await afterRequests(env);
  expect((await admin.endpoints())['GET /users/:id']?.count).toBe(REQUESTS);
  await child.stop();
  const duration = await receiver.metricNamed('http.server.request.duration');
  expect(duration.points).toEqual([expect.objectContaining({ value: REQUESTS })]);
  expect(receiver.spans()).toEqual([]);
});

async function afterRequests(env: Readonly<Record<string, string>>) {
  const receiver = await startReceiver('answers');
  const service = await startService('test/services/users.ts', {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: NEVER_MS,
      OTEL_METRIC_EXPORT_INTERVAL: NEVER_MS,
      ...env,
    },
  });
  const connection = await Connection.open(service.ports.http!);
  await connection.exchange(
    Array.from({ length: REQUESTS }, (_, id) => request({ method: 'GET', target: `/users/${id}` })),
  );
  await connection.close();
  await service.ask('idle');
  return { ...service, receiver };
}
