import { childSpansFor } from './child-spans/on-demand.ts';
import { exportersFrom } from './export/exporters.ts';
import { startNodeSdk } from './export/node-sdk.ts';
import { resourceOf } from './export/resource.ts';
import { attachUnlessTraced } from './joined/attach.ts';
import { withoutRepeats } from './notices.ts';
import { samplerFrom } from './sampler.ts';
import { spanLimitsFrom } from './span-limits.ts';
import { httpInstrumentation } from './standard/http-instrumentation.ts';
import { RecordingSpanExporter } from './standard/span-exporter.ts';
import { SynchronousSpanProcessor } from './standard/span-processor.ts';
import type { Telemetry, TelemetryOptions } from './telemetry.ts';

/**
 * Starts the OpenTelemetry SDK with its own instrumentation of HTTP: a span for every request, in and out. The
 * records are made from the server spans by an exporter in the process.
 */
export function startStandard(options: TelemetryOptions): Telemetry {
  const { environment } = options;
  const notices = withoutRepeats(options.notices);
  const { warn } = notices;
  const exporter = new RecordingSpanExporter(options);
  const synchronous = new SynchronousSpanProcessor(exporter, (error) =>
    notices.warnRarely('span', `a span could not be recorded: ${String(error).slice(0, 200)}`),
  );
  const exporters = exportersFrom(environment, options.privacy, notices);
  const startChildSpans = childSpansFor({ ...options, notices }, exporters);
  const instrumentation = httpInstrumentation(exporter);
  const parts = {
    resource: resourceOf(options, environment, warn),
    sampler: samplerFrom(environment, warn),
    spanLimits: spanLimitsFrom(environment, warn),
    spanProcessors: [synchronous, ...exporters.spanProcessors],
    metricReaders: exporters.metricReaders,
    views: exporters.views,
    instrumentations: [instrumentation],
    setsContextManager: true,
    setsPropagator: true,
    diskPath: options.diskPath,
  };
  let shutDownSdk: (() => Promise<void>) | undefined;
  let stopChildSpans: (() => void) | undefined;
  return {
    attach: () =>
      attachUnlessTraced(notices, () => {
        shutDownSdk = startNodeSdk(parts);
        instrumentation.enable();
        stopChildSpans = startChildSpans();
        return { leaveOut: (exchange) => exporter.leaveOut(exchange) };
      }),
    exchangeEnded: (exchange) => exporter.exchangeEnded(exchange),
    exportStatus: () => (shutDownSdk === undefined ? undefined : exporters.status()),
    forceFlush: async () => {
      if (shutDownSdk !== undefined) await exporters.forceFlush();
    },
    async shutdown() {
      stopChildSpans?.();
      instrumentation.disable();
      await shutDownSdk?.();
    },
  };
}
