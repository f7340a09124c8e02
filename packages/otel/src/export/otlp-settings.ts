import { type Environment, textOf, wholeNumberOf } from '../environment.ts';
import type { QueueLimits } from './span-queue.ts';

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

export interface BatchSettings extends QueueLimits {
  readonly exportTimeoutMillis: number;
}

/** How spans are batched, by the standard `OTEL_BSP_*` variables; its defaults stand for what is unset, and for 0. */
export function batchSettings(environment: Environment, warn: (message: string) => void): BatchSettings {
  const maxQueueSize = wholeNumberOf(environment, 'OTEL_BSP_MAX_QUEUE_SIZE', warn) || 2048;
  const maxExportBatchSize = wholeNumberOf(environment, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', warn) || 512;
  return {
    scheduledDelayMillis: timerMs(wholeNumberOf(environment, 'OTEL_BSP_SCHEDULE_DELAY', warn) ?? 5_000),
    exportTimeoutMillis: timerMs(wholeNumberOf(environment, 'OTEL_BSP_EXPORT_TIMEOUT', warn) || 30_000),
    maxQueueSize,
    maxExportBatchSize: Math.min(maxExportBatchSize, maxQueueSize),
  };
}

/** How long a try to export may take: by OTLP's variables 10 seconds, and no longer than the whole export may. */
export function tryLimitMs(
  signal: OtlpSignal,
  environment: Environment,
  exportTimeoutMillis: number,
  warn: (message: string) => void,
): number {
  const own = wholeNumberOf(environment, `OTEL_EXPORTER_OTLP_${signal}_TIMEOUT`, warn);
  const limitMs = own || wholeNumberOf(environment, 'OTEL_EXPORTER_OTLP_TIMEOUT', warn) || 10_000;
  return Math.min(limitMs, exportTimeoutMillis);
}

/** How often metrics are sent, by the standard variables; the SDK refuses a timeout above the interval. */
export function metricIntervals(
  environment: Environment,
  warn: (message: string) => void,
): {
  exportIntervalMillis: number;
  exportTimeoutMillis: number;
} {
  const interval = timerMs(wholeNumberOf(environment, 'OTEL_METRIC_EXPORT_INTERVAL', warn) || 60_000);
  const timeout = wholeNumberOf(environment, 'OTEL_METRIC_EXPORT_TIMEOUT', warn) || 30_000;
  return { exportIntervalMillis: interval, exportTimeoutMillis: Math.min(timeout, interval) };
}

/** A timer can't be set for longer. */
function timerMs(ms: number): number {
  return Math.min(ms, 2_147_483_647);
}
