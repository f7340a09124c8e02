import { expect, it } from '@jest/globals';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { startReceiver } from '../receiver/start-receiver.ts';
import { startService } from '../service.ts';

const REQUESTS = 7;
/** Longer than the test: whatever arrives was sent because the process was asked to end. */
const NEVER_MS = '600000';

export type Ending = readonly [signal: 'SIGTERM' | 'SIGINT', http: 'lean' | 'standard'];

/** That a signal sends what no export has taken yet. */
export function sendTheRest(endings: readonly Ending[]): void {
  it.each(endings)('%s sends what no export has taken yet: %s', async (signal, http) => {
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
}

export type Unsampled = readonly [which: string, env: Readonly<Record<string, string>>];

/** That no span is sent where none is wanted, and the request is measured and counted all the same. */
export function sendNoSpan(settings: readonly Unsampled[]): void {
  it.each(settings)(
    'sends no span %s, and measures and counts its request all the same: %j',
    async (_which, env) => {
      const { receiver, child, admin } = await afterRequests(env);
      expect((await admin.endpoints())['GET /users/:id']?.count).toBe(REQUESTS);
      await child.stop();
      const duration = await receiver.metricNamed('http.server.request.duration');
      expect(duration.points).toEqual([expect.objectContaining({ value: REQUESTS })]);
      expect(receiver.spans()).toEqual([]);
    },
  );
}

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
