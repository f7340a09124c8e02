import { OTLPMetricExporter as MetricsOverGrpc } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as MetricsAsJson } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as MetricsAsProtobuf } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as TracesOverGrpc } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as TracesAsJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as TracesAsProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  type IMetricReader,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, type SpanExporter, type SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Environment } from '../environment.ts';
import type { TelemetryNotices } from '../notices.ts';
import {
  batchSettings,
  metricIntervals,
  type OtlpProtocol,
  type OtlpSignal,
  otlpProtocolOf,
} from './otlp-settings.ts';

/** Endpoint, headers, timeout, compression and certificates are read by the exporters themselves. */
const TRACE_EXPORTERS: Readonly<Record<OtlpProtocol, () => SpanExporter>> = {
  'http/protobuf': () => new TracesAsProtobuf(),
  'http/json': () => new TracesAsJson(),
  grpc: () => new TracesOverGrpc(),
};

const METRIC_EXPORTERS: Readonly<Record<OtlpProtocol, () => PushMetricExporter>> = {
  'http/protobuf': () => new MetricsAsProtobuf(),
  'http/json': () => new MetricsAsJson(),
  grpc: () => new MetricsOverGrpc(),
};

/** The processor that sends sampled spans over OTLP; none when traces are not configured to be exported. */
export function otlpSpanProcessors(environment: Environment, notices: TelemetryNotices): SpanProcessor[] {
  return configured('TRACES', environment, notices.warn, (protocol) => {
    const exporter = reportingFailure(TRACE_EXPORTERS[protocol](), 'traces', notices);
    return new BatchSpanProcessor({ exporter, ...batchSettings(environment, notices.warn) });
  });
}

/** The reader that sends metrics over OTLP; none when metrics are not configured to be exported. */
export function otlpMetricReaders(environment: Environment, notices: TelemetryNotices): IMetricReader[] {
  return configured('METRICS', environment, notices.warn, (protocol) => {
    const exporter = reportingFailure(METRIC_EXPORTERS[protocol](), 'metrics', notices);
    return new PeriodicExportingMetricReader({ exporter, ...metricIntervals(environment, notices.warn) });
  });
}

function configured<T>(
  signal: OtlpSignal,
  environment: Environment,
  warn: TelemetryNotices['warn'],
  make: (protocol: OtlpProtocol) => T,
): T[] {
  const protocol = otlpProtocolOf(signal, environment, warn);
  if (protocol === undefined) return [];
  try {
    return [make(protocol)];
  } catch (error) {
    warn(`${signal.toLowerCase()} are not exported over OTLP: ${messageOf(error)}`);
    return [];
  }
}

interface Exporter<Batch> {
  export(batch: Batch, done: (result: { code: number; error?: Error }) => void): void;
}

/** Says so when an export fails. */
function reportingFailure<Batch, E extends Exporter<Batch>>(
  exporter: E,
  what: string,
  { warnRarely }: TelemetryNotices,
): E {
  const send = exporter.export.bind(exporter);
  exporter.export = (batch, done) =>
    send(batch, (result) => {
      if (result.code !== 0)
        warnRarely(what, `${what} could not be exported over OTLP: ${messageOf(result.error)}`);
      done(result);
    });
  return exporter;
}

/** The first line of an error's message; a failed connection has its reasons in `errors` only. */
function messageOf(error: unknown): string {
  const { message, code } = (error ?? {}) as { message?: unknown; code?: unknown };
  const text = typeof message === 'string' && message !== '' ? message : String(code ?? 'no reason given');
  return (text.split('\n', 1)[0] as string).slice(0, 200);
}
