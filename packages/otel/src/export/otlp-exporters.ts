import { OTLPMetricExporter as MetricsOverGrpc } from '@opentelemetry/exporter-metrics-otlp-grpc';
import { OTLPMetricExporter as MetricsAsJson } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as MetricsAsProtobuf } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter as TracesOverGrpc } from '@opentelemetry/exporter-trace-otlp-grpc';
import { OTLPTraceExporter as TracesAsJson } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as TracesAsProtobuf } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Environment } from '../environment.ts';
import type { Connection } from './attempt.ts';
import type { MetricExporter } from './delivered-metrics.ts';
import { type AggregationPreference, aggregationFrom } from './histograms.ts';
import { HttpConnection } from './http-connection.ts';
import type { OtlpProtocol, OtlpSignal } from './otlp-settings.ts';
import { tlsOptionsOf } from './tls-files.ts';
import { whenDetected } from './when-detected.ts';

/** One of OpenTelemetry's exporters, and what it sends over where we have a hand in that. */
export interface OtlpExporter<E> {
  readonly exporter: E;
  readonly connection: Connection | undefined;
}

interface Options {
  readonly httpAgentOptions: HttpConnection['agentFor'];
  readonly aggregationPreference: AggregationPreference;
  /** For each try. */
  readonly timeoutMillis: number;
}

/** Endpoint, headers and compression are read by the exporters themselves; over gRPC, certificates too. */
const SPAN_EXPORTERS: Readonly<Record<OtlpProtocol, (options: Options) => SpanExporter>> = {
  'http/protobuf': (options) => new TracesAsProtobuf(options),
  'http/json': (options) => new TracesAsJson(options),
  grpc: ({ timeoutMillis }) => new TracesOverGrpc({ timeoutMillis }),
};

const METRIC_EXPORTERS: Readonly<Record<OtlpProtocol, (options: Options) => MetricExporter>> = {
  'http/protobuf': (options) => new MetricsAsProtobuf(options),
  'http/json': (options) => new MetricsAsJson(options),
  grpc: ({ aggregationPreference, timeoutMillis }) =>
    new MetricsOverGrpc({ aggregationPreference, timeoutMillis }),
};

/** How an exporter is made. */
export interface ExporterSettings {
  readonly protocol: OtlpProtocol;
  readonly environment: Environment;
  /** For each try. */
  readonly limitMs: number;
  readonly warn: (message: string) => void;
}

export function spanExporter(settings: ExporterSettings): OtlpExporter<SpanExporter> {
  const { exporter, connection } = connected(SPAN_EXPORTERS, 'TRACES', settings);
  return { exporter: whenDetected(exporter), connection };
}

export function metricExporter(settings: ExporterSettings): OtlpExporter<MetricExporter> {
  return connected(METRIC_EXPORTERS, 'METRICS', settings);
}

function connected<E>(
  exporters: Readonly<Record<OtlpProtocol, (options: Options) => E>>,
  signal: OtlpSignal,
  { protocol, environment, limitMs, warn }: ExporterSettings,
): OtlpExporter<E> {
  const connection = new HttpConnection(() => tlsOptionsOf(signal, environment, warn));
  const exporter = exporters[protocol]({
    httpAgentOptions: connection.agentFor,
    aggregationPreference: aggregationFrom(environment, warn),
    timeoutMillis: limitMs,
  });
  return { exporter, connection: protocol === 'grpc' ? undefined : connection };
}
