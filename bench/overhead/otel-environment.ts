import type { Surroundings } from './variant.ts';

/** Those that ask no network which cloud this is. */
export const LOCAL_DETECTORS = { OTEL_NODE_RESOURCE_DETECTORS: 'env,host,os,process' };

const OTLP_TRACES = {
  ...LOCAL_DETECTORS,
  OTEL_TRACES_EXPORTER: 'otlp',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
};

export const NOTHING_EXPORTED = { ...OTLP_TRACES, OTEL_TRACES_EXPORTER: 'none' };

export function otlpTo({ receiver }: Surroundings): Record<string, string> {
  return { ...OTLP_TRACES, OTEL_SERVICE_NAME: 'bench', OTEL_EXPORTER_OTLP_ENDPOINT: receiver };
}
