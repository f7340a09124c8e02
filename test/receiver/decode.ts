import type { ReceivedMetric, ReceivedPoint, ReceivedSpan } from './received.ts';
import {
  type AnyValue,
  type Attributed,
  fromJson,
  fromProtobuf,
  type Metric,
  type MetricsRequest,
  type Point,
  type Span,
  type TraceRequest,
} from './schema.ts';

/**
 * Decodes OTLP with a schema and a library of its own: nothing here is shared with the exporters that wrote
 * the bytes, so what comes out is what any other backend would see.
 */
export function decodeSpans(bytes: Uint8Array, from: 'protobuf' | 'json' = 'protobuf'): ReceivedSpan[] {
  const read = from === 'json' ? fromJson : fromProtobuf;
  const { resourceSpans } = read<TraceRequest>('TraceRequest', bytes);
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map((span) => spanOf(span, resource))),
  );
}

export function decodeMetrics(bytes: Uint8Array, from: 'protobuf' | 'json' = 'protobuf'): ReceivedMetric[] {
  const read = from === 'json' ? fromJson : fromProtobuf;
  const { resourceMetrics } = read<MetricsRequest>('MetricsRequest', bytes);
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) => metrics.map((metric) => metricOf(metric, resource))),
  );
}

function spanOf(span: Span, resource: Attributed | undefined): ReceivedSpan {
  return {
    name: span.name,
    kind: span.kind,
    traceId: hexOf(span.traceId),
    spanId: hexOf(span.spanId),
    parentSpanId: hexOf(span.parentSpanId),
    startNano: span.startTimeUnixNano,
    endNano: span.endTimeUnixNano,
    status: span.status?.code ?? 'UNSET',
    attributes: attributesOf(span),
    events: span.events.map((event) => ({ name: event.name, attributes: attributesOf(event) })),
    resource: attributesOf(resource),
  };
}

const KINDS = ['gauge', 'sum', 'histogram', 'exponentialHistogram'] as const;

function metricOf(metric: Metric, resource: Attributed | undefined): ReceivedMetric {
  const kind = KINDS.find((name) => metric[name] !== undefined) ?? 'gauge';
  const data = metric[kind] as { dataPoints?: readonly Point[]; aggregationTemporality?: string } | undefined;
  return {
    name: metric.name,
    unit: metric.unit ?? '',
    kind,
    temporality: data?.aggregationTemporality ?? 'NONE',
    points: (data?.dataPoints ?? []).map((point) => pointOf(kind, point)),
    resource: attributesOf(resource),
  };
}

function pointOf(kind: ReceivedMetric['kind'], point: Point): ReceivedPoint {
  const value = Number(point.asDouble ?? point.asInt ?? point.count ?? 0);
  const attributes = attributesOf(point);
  if (kind === 'gauge' || kind === 'sum') return { attributes, value };
  const { sum = 0, min = 0, max = 0 } = point;
  const histogram = { attributes, value, sum, min, max };
  if (kind === 'histogram') {
    const counts = (point.bucketCounts ?? []).map(Number);
    return { ...histogram, explicit: { bounds: point.explicitBounds ?? [], counts } };
  }
  const { positive, negative, scale = 0, zeroCount = '0' } = point;
  return {
    ...histogram,
    exponential: {
      scale,
      zeroCount: Number(zeroCount),
      offset: positive?.offset ?? 0,
      counts: (positive?.bucketCounts ?? []).map(Number),
      negativeCount: (negative?.bucketCounts ?? []).reduce((total, count) => total + Number(count), 0),
    },
  };
}

function attributesOf(attributed: Attributed | undefined): Record<string, unknown> {
  return Object.fromEntries((attributed?.attributes ?? []).map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: AnyValue | undefined): unknown {
  if (value?.arrayValue !== undefined) return value.arrayValue.values.map(plainValue);
  if (value?.intValue !== undefined) return Number(value.intValue);
  return Object.values(value ?? {})[0];
}

function hexOf(base64: string | undefined): string {
  return Buffer.from(base64 ?? '', 'base64').toString('hex');
}
