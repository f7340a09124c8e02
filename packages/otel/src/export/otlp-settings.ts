import { type Environment, textOf, wholeNumberOf } from '../environment.ts';

export type OtlpSignal = 'TRACES' | 'METRICS';
export type OtlpProtocol = 'http/protobuf' | 'http/json' | 'grpc';

const PROTOCOLS: readonly string[] = ['http/protobuf', 'http/json', 'grpc'] satisfies OtlpProtocol[];

/**
 * The protocol a signal is to be exported by, or undefined when export is not configured. Configured means:
 * the signal's `OTEL_*_EXPORTER` says `otlp`, or is unset while an OTLP endpoint is set.
 *
 * @param warn called once for each variable that has an unusable value
 */
export function otlpProtocolOf(
  signal: OtlpSignal,
  environment: Environment,
  warn: (message: string) => void,
): OtlpProtocol | undefined {
  const variable = `OTEL_${signal}_EXPORTER`;
  const exporters = textOf(environment, variable)
    ?.split(',')
    .map((name) => name.trim());
  if (exporters === undefined)
    return hasEndpoint(signal, environment) ? protocolOf(signal, environment, warn) : undefined;
  if (exporters.includes('none')) return undefined;
  const unknown = exporters.find((name) => name !== 'otlp' && name !== '');
  if (unknown !== undefined)
    warn(`${variable} is "${unknown.slice(0, 60)}"; allowed: otlp, none. It is left out.`);
  return exporters.includes('otlp') ? protocolOf(signal, environment, warn) : undefined;
}

/** Whether any signal is to be exported. */
export function isExportConfigured(environment: Environment, warn: (message: string) => void): boolean {
  const signals: OtlpSignal[] = ['TRACES', 'METRICS'];
  return signals.some((signal) => otlpProtocolOf(signal, environment, warn) !== undefined);
}

function hasEndpoint(signal: OtlpSignal, environment: Environment): boolean {
  const own = textOf(environment, `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`);
  return (own ?? textOf(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT')) !== undefined;
}

function protocolOf(
  signal: OtlpSignal,
  environment: Environment,
  warn: (message: string) => void,
): OtlpProtocol {
  for (const variable of [`OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`, 'OTEL_EXPORTER_OTLP_PROTOCOL']) {
    const text = textOf(environment, variable);
    if (text === undefined) continue;
    if (PROTOCOLS.includes(text)) return text as OtlpProtocol;
    warn(`${variable} is "${text.slice(0, 60)}"; allowed: ${PROTOCOLS.join(', ')}. http/protobuf is used.`);
    break;
  }
  return 'http/protobuf';
}

/** How spans are batched, by the standard `OTEL_BSP_*` variables; what is unset is left to the SDK's defaults. */
export function batchSettings(
  environment: Environment,
  warn: (message: string) => void,
): Record<string, number> {
  return withoutUnset({
    scheduledDelayMillis: wholeNumberOf(environment, 'OTEL_BSP_SCHEDULE_DELAY', warn),
    exportTimeoutMillis: wholeNumberOf(environment, 'OTEL_BSP_EXPORT_TIMEOUT', warn),
    maxQueueSize: wholeNumberOf(environment, 'OTEL_BSP_MAX_QUEUE_SIZE', warn),
    maxExportBatchSize: wholeNumberOf(environment, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', warn),
  });
}

/** How often metrics are sent, by the standard variables; the SDK refuses a timeout above the interval. */
export function metricIntervals(
  environment: Environment,
  warn: (message: string) => void,
): {
  exportIntervalMillis: number;
  exportTimeoutMillis: number;
} {
  const interval = wholeNumberOf(environment, 'OTEL_METRIC_EXPORT_INTERVAL', warn) || 60_000;
  const timeout = wholeNumberOf(environment, 'OTEL_METRIC_EXPORT_TIMEOUT', warn) || 30_000;
  return { exportIntervalMillis: interval, exportTimeoutMillis: Math.min(timeout, interval) };
}

function withoutUnset(settings: Record<string, number | undefined>): Record<string, number> {
  const set = Object.entries(settings).filter((entry): entry is [string, number] => entry[1] !== undefined);
  return Object.fromEntries(set);
}
