import { resolve } from 'node:path';
import protobuf from 'protobufjs';
import type { ReceivedMetric, ReceivedPoint, ReceivedSpan } from './received.ts';

/**
 * Decodes OTLP with a schema and a library of its own: nothing here is shared with the exporters that wrote
 * the bytes, so what comes out is what any other backend would see.
 */
const schema = protobuf.loadSync(resolve(import.meta.dirname, 'otlp.proto'));
const toObject = { enums: String, longs: Number, bytes: String, arrays: true, defaults: false };

interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}
interface AnyValue {
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly [kind: string]: unknown;
}
interface Attributed {
  readonly attributes: readonly KeyValue[];
}
interface Point extends Attributed {
  readonly count?: number;
  readonly asDouble?: number;
  readonly asInt?: number;
}
interface Metric {
  readonly name: string;
  readonly unit?: string;
  readonly [data: string]: unknown;
}
interface TraceRequest {
  readonly resourceSpans: readonly {
    readonly resource?: Attributed;
    readonly scopeSpans: readonly {
      readonly spans: readonly (Attributed & { name: string; kind: string })[];
    }[];
  }[];
}
interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource?: Attributed;
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
}

export function decodeSpans(bytes: Uint8Array): ReceivedSpan[] {
  const { resourceSpans } = decode<TraceRequest>('otlp.TraceRequest', bytes);
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((span) => ({
        name: span.name,
        kind: span.kind,
        attributes: attributesOf(span),
        resource: attributesOf(resource),
      })),
    ),
  );
}

export function decodeMetrics(bytes: Uint8Array): ReceivedMetric[] {
  const { resourceMetrics } = decode<MetricsRequest>('otlp.MetricsRequest', bytes);
  return resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.map((metric) => ({
        name: metric.name,
        unit: metric.unit ?? '',
        points: pointsOf(metric),
        resource: attributesOf(resource),
      })),
    ),
  );
}

function decode<T>(name: string, bytes: Uint8Array): T {
  const type = schema.lookupType(name);
  return type.toObject(type.decode(bytes), toObject) as T;
}

function pointsOf({ gauge, sum, histogram, exponentialHistogram }: Metric): ReceivedPoint[] {
  const data = (gauge ?? sum ?? histogram ?? exponentialHistogram) as
    | { dataPoints: readonly Point[] }
    | undefined;
  return (data?.dataPoints ?? []).map((point) => ({
    attributes: attributesOf(point),
    value: point.asDouble ?? point.asInt ?? point.count ?? 0,
  }));
}

function attributesOf(attributed: Attributed | undefined): Record<string, unknown> {
  return Object.fromEntries((attributed?.attributes ?? []).map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: AnyValue | undefined): unknown {
  if (value?.arrayValue !== undefined) return value.arrayValue.values.map(plainValue);
  return Object.values(value ?? {})[0];
}
