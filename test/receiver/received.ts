/** One line of the receiver's output: what one export held. */
export interface Received {
  readonly protocol: Protocol;
  readonly spans: readonly ReceivedSpan[];
  readonly metrics: readonly ReceivedMetric[];
}

export type Protocol = 'http/protobuf' | 'http/json' | 'grpc';

export interface ReceivedSpan {
  readonly name: string;
  readonly kind: string;
  /** Hexadecimal digits; the parent's are empty where there is none. */
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** Nanoseconds since the epoch, which no number holds. */
  readonly startNano: string;
  readonly endNano: string;
  readonly status: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly events: readonly {
    readonly name: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
  readonly resource: Readonly<Record<string, unknown>>;
}

export interface ReceivedMetric {
  readonly name: string;
  readonly unit: string;
  readonly kind: 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram';
  /** NONE of gauges. */
  readonly temporality: string;
  readonly points: readonly ReceivedPoint[];
  readonly resource: Readonly<Record<string, unknown>>;
}

export interface ReceivedPoint {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The number, or a histogram's count. */
  readonly value: number;
  /** Of histograms. */
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  readonly explicit?: { readonly bounds: readonly number[]; readonly counts: readonly number[] };
  readonly exponential?: ExponentialBuckets;
}

export interface ExponentialBuckets {
  readonly scale: number;
  readonly zeroCount: number;
  /** Of the first of `counts`: bucket `n` holds what is above `base ** n`, up to `base ** (n + 1)`. */
  readonly offset: number;
  readonly counts: readonly number[];
  readonly negativeCount: number;
}
