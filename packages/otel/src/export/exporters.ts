import type { IMetricReader } from '@opentelemetry/sdk-metrics';
import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { Environment } from '../environment.ts';
import type { TelemetryNotices } from '../notices.ts';
import { otlpMetricReaders, otlpSpanProcessors } from './otlp-exporters.ts';
import type { Privacy } from './privacy.ts';
import { RedactingSpanProcessor } from './redacting-span-processor.ts';
import { TailSpanProcessor } from './tail-span-processor.ts';

export interface Exporters {
  readonly spanProcessors: SpanProcessor[];
  readonly metricReaders: IMetricReader[];
  /** Sends what is queued. Rejects, or takes long, where the backend does. */
  forceFlush(): Promise<void>;
}

/** What sends telemetry, as far as the environment configures it. What is private leaves no span. */
export function exportersFrom(
  environment: Environment,
  privacy: Privacy,
  notices: TelemetryNotices,
): Exporters {
  const spanProcessors = otlpSpanProcessors(environment, notices).map(
    (queue) => new TailSpanProcessor(new RedactingSpanProcessor(privacy, queue), notices),
  );
  const metricReaders = otlpMetricReaders(environment, notices);
  return {
    spanProcessors,
    metricReaders,
    async forceFlush() {
      await Promise.all([...spanProcessors, ...metricReaders].map((part) => part.forceFlush()));
    },
  };
}
