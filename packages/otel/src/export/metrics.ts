import type { IncomingMessage } from 'node:http';
import { metrics } from '@opentelemetry/api';
import type { ExportStatus } from '@tacho/core';
import type { Exchange } from '@tacho/http';
import { samplerFrom } from '../sampler.ts';
import { ServerDuration } from '../server-duration.ts';
import { spanLimitsFrom } from '../span-limits.ts';
import type { TelemetryOptions } from '../telemetry.ts';
import { exportStatus, metricExport } from './exporters.ts';
import { startNodeSdk } from './node-sdk.ts';
import { resourceOf } from './resource.ts';

export interface Metrics {
  measure(exchange: Exchange, request: IncomingMessage): void;
  /** What became of what was exported. */
  status(): ExportStatus | undefined;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Exports metrics of requests and of the host, and no spans. */
export function startMetrics(options: TelemetryOptions): Metrics {
  const { environment, notices, diskPath } = options;
  const { warn } = notices;
  const metric = metricExport(environment, notices);
  const metricReaders = metric === undefined ? [] : [metric.reader];
  const shutdown = startNodeSdk({
    resource: resourceOf(options, environment, warn),
    sampler: samplerFrom(environment, warn),
    spanLimits: spanLimitsFrom(environment, warn),
    spanProcessors: [],
    metricReaders,
    views: metric?.views ?? [],
    instrumentations: [],
    setsContextManager: false,
    setsPropagator: false,
    diskPath,
  });
  const duration = new ServerDuration(metrics.getMeterProvider());
  return {
    measure: (exchange, request) => duration.record(exchange, request),
    status: () => exportStatus(undefined, undefined, metric?.delivered),
    async forceFlush() {
      await Promise.all(metricReaders.map((reader) => reader.forceFlush()));
    },
    shutdown,
  };
}
