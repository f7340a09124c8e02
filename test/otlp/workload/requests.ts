import { eventually } from '../../eventually.ts';
import { Connection } from '../../load/connection.ts';
import { request } from '../../load/request.ts';
import type { Protocol } from '../../receiver/received.ts';
import { startService } from '../../service.ts';
import { type ExportFigures, exportHealth } from '../health.ts';

export const PROTOCOLS: readonly Protocol[] = ['http/protobuf', 'http/json', 'grpc'];
export const CASES = [
  ['GET', '/users/1'],
  ['POST', '/users'],
  ['GET', '/fails'],
  ['GET', '/nowhere'],
] as const;
export const ROUNDS = 25;
export const REQUESTS = CASES.length * ROUNDS;

/** Ids as the client of request `n` has sent them. */
export const traceIdOf = (n: number): string => (n + 1).toString(16).padStart(32, '0');
export const parentIdOf = (n: number): string => (n + 1).toString(16).padStart(16, '0');

/**
 * Sends all requests to a service that exports, waits until all spans are sent, and stops it, which sends the metrics.
 * @returns what the service then said of its export
 */
export async function exportTo(endpoint: string, protocol: Protocol): Promise<ExportFigures> {
  const service = await startService('test/services/users.ts', {
    env: {
      OTEL_SERVICE_NAME: protocol,
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_COMPRESSION: protocol === 'http/json' ? 'gzip' : 'none',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRIC_EXPORT_INTERVAL: '600000',
    },
  });
  const connection = await Connection.open(service.ports.http!);
  for (let n = 0; n < REQUESTS; n++) {
    const [method, target] = CASES[n % CASES.length]!;
    const headers = [`traceparent: 00-${traceIdOf(n)}-${parentIdOf(n)}-01`];
    const body = method === 'POST' ? { body: '{}' } : {};
    await connection.exchangeOne(request({ method, target, headers, ...body }));
  }
  await connection.close();
  await service.ask('idle');
  const figures = await eventually('all spans to be sent', async () => {
    const { spans, ...rest } = await exportHealth(service.admin);
    return spans.queued === 0 ? { spans, ...rest } : undefined;
  });
  await service.stop();
  return figures;
}
