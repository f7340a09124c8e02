import { context, metrics, type Span } from '@opentelemetry/api';
import { getRPCMetadata, isTracingSuppressed, type RPCMetadata, RPCType } from '@opentelemetry/core';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { type Exchange, exchangeOf } from '@tacho/http';
import { type Environment, textOf } from './environment.ts';
import { measureFilesystem } from './host/filesystem-metrics.ts';
import { measureHost } from './host/host-metrics.ts';
import { patchLoadedHttp } from './late-loading.ts';
import { otlpMetricReaders, otlpSpanProcessors } from './otlp-exporters.ts';
import type { Privacy } from './privacy.ts';
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
  /** Called with one line; the same may come again and again. */
  readonly warn: (message: string) => void;
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
  const { environment, warn } = options;
  const synchronous = new SynchronousSpanProcessor(options.exporter, options.privacy, (error) =>
    warn(`a span could not be recorded: ${String(error).slice(0, 200)}`),
  );
  const metricReaders = otlpMetricReaders(environment, warn);
  const spanProcessors = [synchronous, ...otlpSpanProcessors(environment, warn)];
  const instrumentation = instrumentHttp(options.exporter);
  const sdk = new NodeSDK({
    ...(options.serviceName === undefined ? {} : { serviceName: options.serviceName }),
    ...(textOf(environment, 'OTEL_NODE_RESOURCE_DETECTORS') === undefined
      ? { resourceDetectors: [...RESOURCE_DETECTORS] }
      : {}),
    sampler: samplerFrom(environment, warn),
    spanProcessors,
    metricReaders,
    logRecordProcessors: [],
    instrumentations: [instrumentation],
  });
  sdk.start();
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
      await sdk.shutdown();
    },
  };
}

function instrumentHttp(exporter: RecordingSpanExporter): HttpInstrumentation {
  return new HttpInstrumentation({
    // A request without an exchange is one that the HTTP layer leaves out.
    ignoreIncomingRequestHook: (request) => exchangeOf(request) === undefined,
    // Exporters send with tracing suppressed, which keeps their requests out of the spans but not of the metrics.
    ignoreOutgoingRequestHook: () => isTracingSuppressed(context.active()),
    requestHook: (span, request) => {
      const exchange = exchangeOf(request);
      if (exchange === undefined) return;
      exporter.link(span, exchange);
      passRouteOn(exchange, getRPCMetadata(context.active()), span);
    },
  });
}

/**
 * Gives the router's template to the instrumentation, which puts it into the span's name, the span's
 * `http.route` and the metrics when the response closes. A template learned from URLs stays out of them:
 * the semantic conventions want `http.route` from the framework or not at all.
 */
function passRouteOn(exchange: Exchange, metadata: RPCMetadata | undefined, span: Span): void {
  if (metadata?.type !== RPCType.HTTP || metadata.span !== span) return;
  exchange.whenRouted = (template) => {
    metadata.route = template;
  };
}
