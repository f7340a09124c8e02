import { createRequire } from 'node:module';
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

const require = createRequire(import.meta.url);

/** Endpoint, headers, timeout, compression and certificates are read by the exporters themselves. */
const EXPORTERS = {
  TRACES: {
    'http/protobuf': '@opentelemetry/exporter-trace-otlp-proto',
    'http/json': '@opentelemetry/exporter-trace-otlp-http',
    grpc: '@opentelemetry/exporter-trace-otlp-grpc',
  },
  METRICS: {
    'http/protobuf': '@opentelemetry/exporter-metrics-otlp-proto',
    'http/json': '@opentelemetry/exporter-metrics-otlp-http',
    grpc: '@opentelemetry/exporter-metrics-otlp-grpc',
  },
} as const satisfies Record<OtlpSignal, Record<OtlpProtocol, string>>;

/** The processor that sends sampled spans over OTLP; none when traces are not configured to be exported. */
export function otlpSpanProcessors(environment: Environment, notices: TelemetryNotices): SpanProcessor[] {
  return configured('TRACES', environment, notices.warn, (protocol) => {
    const { OTLPTraceExporter } = require(EXPORTERS.TRACES[protocol]) as {
      OTLPTraceExporter: new () => SpanExporter;
    };
    const exporter = reportingFailure(new OTLPTraceExporter(), 'traces', notices);
    return new BatchSpanProcessor({ exporter, ...batchSettings(environment, notices.warn) });
  });
}

/** The reader that sends metrics over OTLP; none when metrics are not configured to be exported. */
export function otlpMetricReaders(environment: Environment, notices: TelemetryNotices): IMetricReader[] {
  return configured('METRICS', environment, notices.warn, (protocol) => {
    const { OTLPMetricExporter } = require(EXPORTERS.METRICS[protocol]) as {
      OTLPMetricExporter: new () => PushMetricExporter;
    };
    const exporter = reportingFailure(new OTLPMetricExporter(), 'metrics', notices);
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
