import { metrics } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { settingGlobals } from './api-globals.ts';
import { type Environment, textOf } from './environment.ts';
import { measureFilesystem } from './host/filesystem-metrics.ts';
import { measureHost } from './host/host-metrics.ts';
import { httpInstrumentation } from './http-instrumentation.ts';
import { patchLoadedHttp } from './late-loading.ts';
import { type TelemetryNotices, withoutRepeats } from './notices.ts';
import { otlpMetricReaders, otlpSpanProcessors } from './otlp-exporters.ts';
import type { Privacy } from './privacy.ts';
import { RedactingSpanProcessor } from './redacting-span-processor.ts';
import { RESOURCE_DETECTORS } from './resource-detectors.ts';
import { samplerFrom } from './sampler.ts';
import type { RecordingSpanExporter } from './span-exporter.ts';
import { SynchronousSpanProcessor } from './span-processor.ts';

export interface TelemetryOptions {
  /** Undefined leaves the name to `OTEL_RESOURCE_ATTRIBUTES` and the SDK's default. */
  readonly serviceName: string | undefined;
  readonly environment: Environment;
  readonly exporter: RecordingSpanExporter;
  readonly privacy: Privacy;
  readonly diskPath: string;
  readonly notices: TelemetryNotices;
}

export interface Telemetry {
  /** Sends what is queued. Rejects, or takes long, where the backend does. */
  forceFlush(): Promise<void>;
  /** Sends what is queued, for the last time, and undoes what was patched. Rejects, or takes long, likewise. */
  shutdown(): Promise<void>;
}

/**
 * Starts the OpenTelemetry SDK: a span for every HTTP request, in and out, each server span handed to the
 * in-process exporter; traces and metrics over OTLP when the environment configures them.
 */
export function startTelemetry(options: TelemetryOptions): Telemetry {
  const { environment } = options;
  const notices = withoutRepeats(options.notices);
  const synchronous = new SynchronousSpanProcessor(options.exporter, (error) =>
    notices.warnRarely('span', `a span could not be recorded: ${String(error).slice(0, 200)}`),
  );
  const metricReaders = otlpMetricReaders(environment, notices);
  const exporting = otlpSpanProcessors(environment, notices).map(
    (processor) => new RedactingSpanProcessor(options.privacy, processor),
  );
  const spanProcessors = [synchronous, ...exporting];
  const instrumentation = httpInstrumentation(options.exporter);
  const sdk = new NodeSDK({
    ...(options.serviceName === undefined ? {} : { serviceName: options.serviceName }),
    ...(textOf(environment, 'OTEL_NODE_RESOURCE_DETECTORS') === undefined
      ? { resourceDetectors: [...RESOURCE_DETECTORS] }
      : {}),
    sampler: samplerFrom(environment, notices.warn),
    spanProcessors,
    metricReaders,
    logRecordProcessors: [],
    instrumentations: [instrumentation],
  });
  const clearGlobals = settingGlobals(() => sdk.start());
  instrumentation.enable();
  patchLoadedHttp();
  if (metricReaders.length > 0) {
    measureHost(metrics.getMeterProvider());
    measureFilesystem(metrics.getMeterProvider(), options.diskPath);
  }
  return {
    async forceFlush() {
      await Promise.all([...spanProcessors, ...metricReaders].map((part) => part.forceFlush()));
    },
    async shutdown() {
      instrumentation.disable();
      clearGlobals();
      await sdk.shutdown();
    },
  };
}
