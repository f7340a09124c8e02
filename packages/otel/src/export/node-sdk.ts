import { metrics } from '@opentelemetry/api';
import type { Instrumentation } from '@opentelemetry/instrumentation';
import type { Resource } from '@opentelemetry/resources';
import type { IMetricReader, ViewOptions } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Sampler, SpanProcessor } from '@opentelemetry/sdk-trace';
import { settingGlobals, settingProviders } from '../api-globals.ts';
import { measureFilesystem } from '../host/filesystem-metrics.ts';
import { measureHost } from '../host/host-metrics.ts';
import type { SpanLimits } from '../span-limits.ts';
import { measureRuntime } from './runtime-metrics.ts';

export interface NodeSdkParts {
  readonly resource: Resource;
  readonly sampler: Sampler;
  readonly spanLimits: SpanLimits;
  /** Empty where no spans are to be made. */
  readonly spanProcessors: SpanProcessor[];
  /** Empty where no metrics are exported. */
  readonly metricReaders: IMetricReader[];
  readonly views: ViewOptions[];
  readonly instrumentations: Instrumentation[];
  /** Whether the context manager is left to the SDK. */
  readonly setsContextManager: boolean;
  /** Whether the propagator is. */
  readonly setsPropagator: boolean;
  readonly diskPath: string;
}

/**
 * Starts the OpenTelemetry SDK with these parts and no others.
 * @returns shuts it down, and clears the API's globals that it has set
 */
export function startNodeSdk(parts: NodeSdkParts): () => Promise<void> {
  const { metricReaders, setsContextManager, setsPropagator, diskPath, spanLimits, ...given } = parts;
  const sdk = new NodeSDK({
    ...given,
    spanLimits: { ...spanLimits },
    autoDetectResources: false,
    metricReaders,
    logRecordProcessors: [],
    // Null leaves alone what is set, which the SDK's types say of the propagator only.
    ...(setsContextManager ? {} : { contextManager: null as never }),
    ...(setsPropagator ? {} : { textMapPropagator: null }),
  });
  const clear = (setsContextManager ? settingGlobals : settingProviders)(() => sdk.start());
  let stopRuntime = (): void => {};
  if (metricReaders.length > 0) {
    measureHost(metrics.getMeterProvider());
    measureFilesystem(metrics.getMeterProvider(), diskPath);
    stopRuntime = measureRuntime(metrics.getMeterProvider());
  }
  return async () => {
    clear();
    await sdk.shutdown().finally(stopRuntime);
  };
}
