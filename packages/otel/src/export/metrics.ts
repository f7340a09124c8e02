import type { IncomingMessage } from 'node:http';
import { metrics } from '@opentelemetry/api';
import type { Exchange } from '@tacho/http';
import { samplerFrom } from '../sampler.ts';
import { ServerDuration } from '../server-duration.ts';
import { spanLimitsFrom } from '../span-limits.ts';
import type { TelemetryOptions } from '../telemetry.ts';
import { startNodeSdk } from './node-sdk.ts';
import { otlpMetricReaders } from './otlp-exporters.ts';
import { resourceOf } from './resource.ts';

export interface Metrics {
  measure(exchange: Exchange, request: IncomingMessage): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Exports metrics of requests and of the host, and no spans. */
export function startMetrics({ environment, notices, serviceName, diskPath }: TelemetryOptions): Metrics {
  const { warn } = notices;
  const metricReaders = otlpMetricReaders(environment, notices);
  const shutdown = startNodeSdk({
    resource: resourceOf(serviceName, environment, warn),
    sampler: samplerFrom(environment, warn),
    spanLimits: spanLimitsFrom(environment, warn),
    spanProcessors: [],
    metricReaders,
    instrumentations: [],
    setsContextManager: false,
    setsPropagator: false,
    diskPath,
  });
  const duration = new ServerDuration(metrics.getMeterProvider());
  return {
    measure: (exchange, request) => duration.record(exchange, request),
    async forceFlush() {
      await Promise.all(metricReaders.map((reader) => reader.forceFlush()));
    },
    shutdown,
  };
}
