import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startReceiver } from '../../receiver/start-receiver.ts';
import { type Service, startService } from '../../service.ts';
import type { Ports } from './load.ts';
import type { Output } from './scan.ts';

/** With a store in a folder, in which all that is exported is kept too. */
export async function startExporting(folder: string, how: readonly string[]): Promise<Service> {
  const received = join(folder, 'received');
  await mkdir(received);
  const receiver = await startReceiver('answers', received);
  const backends = await startService('test/context/backends.ts', { monitored: 'no' });
  return startService('test/history/canaries/service.ts', {
    arguments: how,
    monitored: how.length > 0 ? 'itself' : 'register',
    env: {
      TACHO_STORE: join(folder, 'tacho.db'),
      TACHO_INSTRUMENTATIONS: 'auto',
      REDIS_PORT: String(backends.ports.redis),
      MYSQL_PORT: String(backends.ports.mysql),
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '100',
      OTEL_BSP_MAX_QUEUE_SIZE: '100000',
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_METRIC_EXPORT_TIMEOUT: '900',
    },
  });
}

/** What a service has written to its standard streams. */
export function said({ child }: Service): Output[] {
  return [
    { name: 'stdout', bytes: Buffer.from(child.stdout) },
    { name: 'stderr', bytes: Buffer.from(child.stderr) },
  ];
}

export function portsOf({ ports: { koa = 0, plain = 0 } }: Service): Ports {
  return { koa, plain };
}
