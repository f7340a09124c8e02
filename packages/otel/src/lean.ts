import { createRequire } from 'node:module';
import { metrics } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { ExchangeRecorder } from '@tacho/http';
import { setContextManager, setPropagator } from './api-globals.ts';
import type { Exporters } from './export/exporters.ts';
import { isExportConfigured } from './export/otlp-settings.ts';
import { withoutRepeats } from './notices.ts';
import { OutgoingHttp } from './outgoing/outgoing-http.ts';
import { propagatorFrom } from './propagators.ts';
import { isDefaultSampler } from './sampler-name.ts';
import { SharedContextManager } from './server-span/context-manager.ts';
import { ServerInstrumentation } from './server-span/server-instrumentation.ts';
import { spanLimitsFrom } from './span-limits.ts';
import type { Telemetry, TelemetryOptions } from './telemetry.ts';

const require = createRequire(import.meta.url);

// Loaded where something is exported, or asked for, and not before; by names that package.json gives them.
const loadExporters = () => require('#otel/exporters') as typeof import('./export/exporters.ts');
const loadNodeSdk = () => require('#otel/node-sdk') as typeof import('./export/node-sdk.ts');
const loadResource = () => require('#otel/resource') as typeof import('./export/resource.ts');
const loadSampler = () => require('#otel/sampler') as typeof import('./sampler.ts');

const NO_EXPORTERS: Exporters = { spanProcessors: [], metricReaders: [], forceFlush: async () => {} };

/**
 * Traces every request that comes in with spans of our own, and those that go out by OpenTelemetry's
 * instrumentation. The records are made of what the HTTP layer saw.
 */
export function startLean(options: TelemetryOptions): Telemetry {
  const { environment, serviceName, diskPath } = options;
  const notices = withoutRepeats(options.notices);
  const { warn } = notices;
  const exporters = isExportConfigured(environment, warn)
    ? loadExporters().exportersFrom(environment, options.privacy, notices)
    : NO_EXPORTERS;
  const { metricReaders, spanProcessors } = exporters;
  const limits = spanLimitsFrom(environment, warn);
  const resource = onDemand<Resource>(() => loadResource().resourceOf(serviceName, environment, warn));
  const server = new ServerInstrumentation({
    scope: { name: 'tacho' },
    limits,
    sampler: isDefaultSampler(environment) ? undefined : loadSampler().samplerFrom(environment, warn),
    resource,
    processor: spanProcessors[0],
  });
  const outgoing = new OutgoingHttp();

  const clearContexts = setContextManager(new SharedContextManager(server.contexts));
  const propagator = propagatorFrom(environment);
  const clearPropagator = propagator === undefined ? () => {} : setPropagator(propagator);
  const needsSdk = spanProcessors.length + metricReaders.length > 0 || propagator === undefined;
  const shutDownSdk = !needsSdk
    ? undefined
    : loadNodeSdk().startNodeSdk({
        resource: resource(),
        sampler: loadSampler().samplerFrom(environment, warn),
        spanLimits: limits,
        spanProcessors,
        metricReaders,
        instrumentations: [outgoing],
        setsContextManager: false,
        setsPropagator: propagator === undefined,
        diskPath,
      });
  if (metricReaders.length > 0) server.setMeterProvider(metrics.getMeterProvider());
  outgoing.enable();

  const recorder = new ExchangeRecorder();
  return {
    // Where somebody else's contexts are in force, what we would make active could not be found.
    tracing: clearContexts === undefined ? undefined : server,
    exchangeEnded: (exchange, request) => {
      options.record(recorder.recordOf(exchange));
      server.measure(exchange, request);
    },
    forceFlush: () => exporters.forceFlush(),
    async shutdown() {
      server.disable();
      outgoing.disable();
      clearContexts?.();
      clearPropagator();
      await shutDownSdk?.();
    },
  };
}

function onDemand<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
