import {
  type IMetricReader,
  PeriodicExportingMetricReader,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { ExportStatus, SpanQueueStatus } from '@tacho/core';
import type { Environment } from '../environment.ts';
import type { TelemetryNotices } from '../notices.ts';
import { DeliveredMetrics } from './delivered-metrics.ts';
import { Delivery } from './delivery.ts';
import { type Failure, textOfError } from './failure.ts';
import { durationViews } from './histograms.ts';
import { metricExporter, spanExporter } from './otlp-exporters.ts';
import {
  batchSettings,
  metricIntervals,
  type OtlpProtocol,
  type OtlpSignal,
  otlpProtocolOf,
  tryLimitMs,
} from './otlp-settings.ts';
import type { Privacy } from './privacy.ts';
import { RedactingSpanProcessor } from './redacting-span-processor.ts';
import { SpanQueue } from './span-queue.ts';
import { TailSpanProcessor } from './tail-span-processor.ts';
import { Turns } from './turns.ts';

export interface Exporters {
  readonly spanProcessors: SpanProcessor[];
  readonly metricReaders: IMetricReader[];
  /** How what the readers read is aggregated. */
  readonly views: ViewOptions[];
  /** What became of what was to be exported; undefined where nothing is. */
  status(): ExportStatus | undefined;
  /** Sends what is queued, as far as the backend takes it and within limits. */
  forceFlush(): Promise<void>;
}

/** For how long spans that the backend has not taken are sent again. */
const PATIENCE_MS = 300_000;

/** What sends telemetry, as far as the environment configures it. What is private leaves no span. */
export function exportersFrom(
  environment: Environment,
  privacy: Privacy,
  notices: TelemetryNotices,
): Exporters {
  const turns = new Turns();
  const queue = spanQueue(environment, notices, turns);
  const metrics = metricExport(environment, notices, turns);
  const tail = queue && new TailSpanProcessor(new RedactingSpanProcessor(privacy, queue), notices);
  const spanProcessors = tail === undefined ? [] : [tail];
  const metricReaders = metrics === undefined ? [] : [metrics.reader];
  return {
    spanProcessors,
    metricReaders,
    views: metrics?.views ?? [],
    status: () => exportStatus(queue, tail, metrics?.delivered),
    async forceFlush() {
      await Promise.all([...spanProcessors, ...metricReaders].map((part) => part.forceFlush()));
    },
  };
}

export function exportStatus(
  queue: SpanQueue | undefined,
  tail: TailSpanProcessor | undefined,
  metrics: DeliveredMetrics | undefined,
): ExportStatus | undefined {
  if (queue === undefined && metrics === undefined) return undefined;
  const spans = queue && { ...queue.status, notHeld: tail?.letGo ?? 0 };
  return { spans, metrics: metrics?.status, trouble: queue?.trouble ?? metrics?.trouble };
}

/** The queue of sampled spans for OTLP; undefined when traces are not configured to be exported. */
function spanQueue(environment: Environment, notices: TelemetryNotices, turns: Turns): SpanQueue | undefined {
  return configured('TRACES', environment, notices, (protocol) => {
    const limits = batchSettings(environment, notices.warn);
    const limitMs = tryLimitMs('TRACES', environment, limits.exportTimeoutMillis, notices.warn);
    const delivery = new Delivery({
      ...spanExporter({ protocol, environment, limitMs, warn: notices.warn }),
      limitMs,
      patienceMs: PATIENCE_MS,
      failed: tell('traces', notices),
      turns,
      random: Math.random,
    });
    return new SpanQueue({
      delivery,
      limits,
      flushLimitMs: limitMs,
      dropping: (status) => notices.warnRarely('spans dropped', droppedText(status)),
    });
  });
}

export interface MetricExport {
  readonly reader: IMetricReader;
  readonly views: ViewOptions[];
  readonly delivered: DeliveredMetrics;
}

/** The reader that sends metrics over OTLP; undefined when metrics are not configured to be exported. */
export function metricExport(
  environment: Environment,
  notices: TelemetryNotices,
  turns = new Turns(),
): MetricExport | undefined {
  return configured('METRICS', environment, notices, (protocol) => {
    const intervals = metricIntervals(environment, notices.warn);
    const limitMs = tryLimitMs('METRICS', environment, intervals.exportTimeoutMillis, notices.warn);
    const { exporter, connection } = metricExporter({ protocol, environment, limitMs, warn: notices.warn });
    const delivery = new Delivery({
      exporter,
      connection,
      limitMs,
      patienceMs: intervals.exportTimeoutMillis,
      failed: tell('metrics', notices),
      turns,
      random: Math.random,
    });
    const delivered = new DeliveredMetrics(exporter, delivery);
    return {
      reader: new PeriodicExportingMetricReader({ exporter: delivered, ...intervals }),
      views: durationViews(environment, notices.warn),
      delivered,
    };
  });
}

function configured<T>(
  signal: OtlpSignal,
  environment: Environment,
  { warn }: TelemetryNotices,
  make: (protocol: OtlpProtocol) => T,
): T | undefined {
  const protocol = otlpProtocolOf(signal, environment, warn);
  if (protocol === undefined) return undefined;
  try {
    return make(protocol);
  } catch (error) {
    warn(`${signal.toLowerCase()} are not exported over OTLP: ${textOfError(error)}`);
    return undefined;
  }
}

function tell(what: string, { warnRarely }: TelemetryNotices): (failure: Failure) => void {
  return ({ text }) => warnRarely(what, `${what} could not be exported over OTLP: ${text}`);
}

const REASONS = {
  queueFull: 'the queue was full',
  refused: 'the backend has refused them',
  timedOut: 'the backend has not answered',
  failed: 'the backend could not take them',
  shutDown: 'tacho was shut down',
} satisfies Record<keyof SpanQueueStatus['droppedBecause'], string>;

function droppedText({ produced, dropped, droppedBecause }: SpanQueueStatus): string {
  const reasons = Object.entries(droppedBecause).filter(([, count]) => count > 0);
  const told = reasons.map(([reason, count]) => `${count}: ${REASONS[reason as keyof typeof REASONS]}`);
  return `${dropped} of ${produced} spans were not exported (${told.join('; ')})`;
}
