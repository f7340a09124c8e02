import type { MeterProvider } from '@opentelemetry/api';
import { HostMetrics } from '@opentelemetry/host-metrics';

/**
 * The one place that knows which package measures the host; its successor is
 * `@opentelemetry/instrumentation-host-metrics`. Network figures stay off: getting them starts a program,
 * synchronously.
 */
export function measureHost(meterProvider: MeterProvider): void {
  const metricGroups = ['system.cpu', 'system.memory', 'process.cpu', 'process.memory'];
  new HostMetrics({ meterProvider, metricGroups }).start();
}
