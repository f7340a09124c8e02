import { createRequire } from 'node:module';
import { metrics, type TextMapPropagator } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import { ExchangeRecorder } from '@tacho/http';
import { setContextManager, setPropagator } from './api-globals.ts';
import { childSpansFor } from './child-spans/on-demand.ts';
import type { Exporters } from './export/exporters.ts';
import { isExportConfigured } from './export/otlp-settings.ts';
import type { HttpInPlace } from './http-in-place.ts';
import { requiredApis } from './joined/api-copies.ts';
import { attachUnlessTraced } from './joined/attach.ts';
import { wakeEarlyTracers } from './joined/early-tracers.ts';
import { withoutRepeats } from './notices.ts';
import { outgoingHttp } from './outgoing-http.ts';
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

const NO_EXPORTERS: Exporters = {
  spanProcessors: [],
  metricReaders: [],
  views: [],
  status: () => undefined,
  forceFlush: async () => {},
};

/**
 * Traces every request that comes in with spans of our own, and those that go out by OpenTelemetry's
 * instrumentation. The records are made of what the HTTP layer saw.
 */
export function startLean(options: TelemetryOptions): Telemetry {
  const notices = withoutRepeats(options.notices);
  const parts = partsFrom({ ...options, notices });
  const recorder = new ExchangeRecorder();
  let detach: (() => Promise<void>) | undefined;
  return {
    attach: () =>
      attachUnlessTraced(notices, () => {
        detach = register(parts);
        return detach && { own: parts.server, leaveOut: (exchange) => parts.server.leaveOut(exchange) };
      }),
    exchangeEnded: (exchange, request) => {
      options.record(recorder.recordOf(exchange));
      recorder.letGo();
      parts.server.measure(exchange, request);
    },
    exportStatus: () => (detach === undefined ? undefined : parts.exporters.status()),
    forceFlush: async () => {
      if (detach !== undefined) await parts.exporters.forceFlush();
    },
    shutdown: async () => detach?.(),
  };
}

/** What traces, made from what the environment says, and not in force yet. */
interface Parts {
  readonly server: ServerInstrumentation;
  readonly exporters: Exporters;
  /** Undefined for those that only the whole SDK knows. */
  readonly propagator: TextMapPropagator | undefined;
  /** Undefined where no more is needed than what is here. */
  readonly startSdk: ((outgoing: HttpInPlace) => () => Promise<void>) | undefined;
  /** Makes spans below those of requests, and returns what ends that. */
  readonly startChildSpans: () => () => void;
}

function partsFrom(options: TelemetryOptions): Parts {
  const { environment, privacy, diskPath, notices } = options;
  const { warn } = notices;
  const exporters = isExportConfigured(environment, warn)
    ? loadExporters().exportersFrom(environment, privacy, notices)
    : NO_EXPORTERS;
  const { metricReaders, spanProcessors, views } = exporters;
  const spanLimits = spanLimitsFrom(environment, warn);
  const resource = onDemand<Resource>(() => loadResource().resourceOf(options, environment, warn));
  const server = new ServerInstrumentation({
    scope: { name: 'tacho' },
    limits: spanLimits,
    sampler: isDefaultSampler(environment) ? undefined : loadSampler().samplerFrom(environment, warn),
    resource,
    processor: spanProcessors[0],
  });
  const propagator = propagatorFrom(environment);
  const startChildSpans = childSpansFor(options, exporters);
  const needsSdk = spanProcessors.length + metricReaders.length > 0 || propagator === undefined;
  if (!needsSdk) return { server, exporters, propagator, startChildSpans, startSdk: undefined };
  const { startNodeSdk } = loadNodeSdk();
  const sampler = loadSampler().samplerFrom(environment, warn);
  const sdkParts = {
    resource: resource(),
    sampler,
    spanLimits,
    spanProcessors,
    metricReaders,
    views,
    diskPath,
  };
  const setsPropagator = propagator === undefined;
  return {
    server,
    exporters,
    propagator,
    startChildSpans,
    startSdk: (outgoing) =>
      startNodeSdk({ ...sdkParts, instrumentations: [outgoing], setsContextManager: false, setsPropagator }),
  };
}

/**
 * Takes the API's globals, and patches what sends requests.
 * @returns undoes it, and sends what is queued; undefined where the globals are not to be had
 */
function register(parts: Parts): (() => Promise<void>) | undefined {
  const { server, exporters, propagator, startSdk, startChildSpans } = parts;
  const clearContexts = setContextManager(new SharedContextManager(server.contexts));
  if (clearContexts === undefined) return undefined;
  const undo: (() => unknown)[] = [clearContexts, () => server.disable()];
  const unregister = async (): Promise<void> => {
    const results = undo
      .splice(0)
      .reverse()
      .map(async (undoOne) => undoOne());
    await Promise.all(results);
  };
  try {
    if (propagator !== undefined) undo.push(setPropagator(propagator));
    const outgoing = outgoingHttp();
    if (startSdk !== undefined) undo.push(startSdk(outgoing));
    if (exporters.metricReaders.length > 0) server.setMeterProvider(metrics.getMeterProvider());
    if (startSdk !== undefined) undo.push(wakeEarlyTracers(requiredApis()));
    undo.push(() => outgoing.disable());
    outgoing.enable();
    undo.push(startChildSpans());
    return unregister;
  } catch (error) {
    unregister().catch(() => {});
    throw error;
  }
}

function onDemand<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
