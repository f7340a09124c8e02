import { resolve } from 'node:path';
import protobuf from 'protobufjs';

/** The messages of otlp.proto, as protobufjs makes objects of them: 64-bit integers are texts. */
export interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}
export interface AnyValue {
  readonly arrayValue?: { readonly values: readonly AnyValue[] };
  readonly intValue?: string;
  readonly [kind: string]: unknown;
}
export interface Attributed {
  readonly attributes: readonly KeyValue[];
}
export interface Span extends Attributed {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly events: readonly (Attributed & { readonly name: string })[];
  readonly status?: { readonly code?: string };
}
export interface Point extends Attributed {
  readonly count?: string;
  readonly asDouble?: number;
  readonly asInt?: string;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bucketCounts?: readonly string[];
  readonly explicitBounds?: readonly number[];
  readonly scale?: number;
  readonly zeroCount?: string;
  readonly positive?: Buckets;
  readonly negative?: Buckets;
}
export interface Buckets {
  readonly offset?: number;
  readonly bucketCounts: readonly string[];
}
export interface Metric {
  readonly name: string;
  readonly unit?: string;
  readonly [data: string]: unknown;
}
export interface TraceRequest {
  readonly resourceSpans: readonly {
    readonly resource?: Attributed;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}
export interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource?: Attributed;
    readonly scopeMetrics: readonly { readonly metrics: readonly Metric[] }[];
  }[];
}

const schema = protobuf.loadSync(resolve(import.meta.dirname, 'otlp.proto'));
const AS_OBJECT = { enums: String, longs: String, bytes: String, arrays: true, defaults: false };

/** @param name of the message that the bytes are one of */
export function fromProtobuf<T>(name: 'TraceRequest' | 'MetricsRequest', bytes: Uint8Array): T {
  const type = schema.lookupType(`otlp.${name}`);
  return type.toObject(type.decode(bytes), AS_OBJECT) as T;
}

/** OTLP's JSON is that of Protocol Buffers but for its ids, which are hexadecimal. */
export function fromJson<T>(name: 'TraceRequest' | 'MetricsRequest', bytes: Uint8Array): T {
  const type = schema.lookupType(`otlp.${name}`);
  const json: unknown = JSON.parse(Buffer.from(bytes).toString(), (key, value: unknown) =>
    /^(trace|span|parentSpan)Id$/.test(key) ? Buffer.from(String(value), 'hex').toString('base64') : value,
  );
  return type.toObject(type.fromObject(json as object), AS_OBJECT) as T;
}
