import {
  type AggregationOption,
  AggregationType,
  InstrumentType,
  type ViewOptions,
} from '@opentelemetry/sdk-metrics';
import {
  METRIC_HTTP_CLIENT_REQUEST_DURATION,
  METRIC_HTTP_SERVER_REQUEST_DURATION,
} from '@opentelemetry/semantic-conventions';
import { type Environment, textOf } from '../environment.ts';
import { BoundedAttributes } from './bounded-attributes.ts';

export type AggregationPreference = (type: InstrumentType) => AggregationOption;

const VARIABLE = 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION';
const AGGREGATIONS: Readonly<Record<string, AggregationOption>> = {
  base2_exponential_bucket_histogram: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
  // The boundaries that the instrument advises, or else those of the specification.
  explicit_bucket_histogram: { type: AggregationType.DEFAULT },
};

/** What becomes of histograms: buckets of exponential width, whose error is bounded, unless the variable says else. */
export function histogramAggregation(
  environment: Environment,
  warn: (message: string) => void,
): AggregationOption {
  const text = textOf(environment, VARIABLE)?.toLowerCase() ?? 'base2_exponential_bucket_histogram';
  const aggregation = Object.hasOwn(AGGREGATIONS, text) ? AGGREGATIONS[text] : undefined;
  if (aggregation !== undefined) return aggregation;
  warn(
    `${VARIABLE} is "${text.slice(0, 60)}"; allowed: ${Object.keys(AGGREGATIONS).join(', ')}. It is left out.`,
  );
  return { type: AggregationType.EXPONENTIAL_HISTOGRAM };
}

/** The same as a choice for each type of instrument. */
export function aggregationFrom(
  environment: Environment,
  warn: (message: string) => void,
): AggregationPreference {
  const aggregation = histogramAggregation(environment, warn);
  return (type) => (type === InstrumentType.HISTOGRAM ? aggregation : { type: AggregationType.DEFAULT });
}

/** How the durations of requests are aggregated: as histograms are, with series that are bounded for good. */
export function durationViews(environment: Environment, warn: (message: string) => void): ViewOptions[] {
  const aggregation = histogramAggregation(environment, warn);
  return [METRIC_HTTP_SERVER_REQUEST_DURATION, METRIC_HTTP_CLIENT_REQUEST_DURATION].map((instrumentName) => ({
    instrumentName,
    aggregation,
    attributesProcessors: isCumulative(environment) ? [new BoundedAttributes()] : [],
  }));
}

/** Histograms are, by the default temporality. Else series are forgotten from export to export. */
function isCumulative(environment: Environment): boolean {
  const preference = textOf(environment, 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE');
  return !['delta', 'lowmemory'].includes(preference?.toLowerCase() ?? '');
}
