import { describe, expect, it } from '@jest/globals';
import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type ExponentialHistogram,
  MeterProvider,
  MetricReader,
} from '@opentelemetry/sdk-metrics';
import { Exchange } from '@tacho/http';
import fc from 'fast-check';
import type { Environment } from '../../src/environment.ts';
import { MAX_SERIES } from '../../src/export/bounded-attributes.ts';
import { durationViews } from '../../src/export/histograms.ts';
import { ServerDuration } from '../../src/server-duration.ts';

const fail = (text: string): never => {
  throw new Error(text);
};
const VARIABLE = 'OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION';
const TEMPORALITY = 'OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE';
const REQUEST = { socket: {}, httpVersion: '1.1' } as never;

class Reader extends MetricReader {
  async onForceFlush(): Promise<void> {}
  async onShutdown(): Promise<void> {}
}

/** The duration of requests, measured as it is where metrics are exported. */
class Measured {
  readonly #reader: Reader;
  readonly #duration: ServerDuration;

  constructor(environment: Environment = {}) {
    const isDelta = environment[TEMPORALITY] === 'delta';
    this.#reader = new Reader({
      aggregationTemporalitySelector: () =>
        isDelta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE,
    });
    const provider = new MeterProvider({ readers: [this.#reader], views: durationViews(environment, fail) });
    this.#duration = new ServerDuration(provider);
  }

  request(durationMs: number, { method = 'GET', status = 200, route = '/users/:id' } = {}): void {
    const exchange = new Exchange(method, '/', 0, 0);
    exchange.matchRoute(route);
    this.#duration.record(Object.assign(exchange, { durationMs, status }), REQUEST);
  }

  async points(): Promise<{ type: DataPointType | undefined; points: DataPoint<ExponentialHistogram>[] }> {
    const { resourceMetrics } = await this.#reader.collect();
    const metric = resourceMetrics.scopeMetrics[0]?.metrics[0];
    return {
      type: metric?.dataPointType,
      points: (metric?.dataPoints ?? []) as DataPoint<ExponentialHistogram>[],
    };
  }
}

/** The bucket that a value belongs to: above `base ** index`, up to `base ** (index + 1)`. */
const bucketOf = (value: number, scale: number): number => Math.ceil(Math.log2(value) * 2 ** scale) - 1;

describe('durations', () => {
  it('are in exponential buckets, each in its own, with their count, sum and extremes', async () => {
    const durationMs = fc.double({ min: 0.001, max: 3_600_000, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.array(durationMs, { minLength: 1, maxLength: 200 }), async (durations) => {
        const measured = new Measured();
        for (const each of durations) measured.request(each);
        const { type, points } = await measured.points();
        expect(type).toBe(DataPointType.EXPONENTIAL_HISTOGRAM);
        expect(points).toHaveLength(1);
        const { value } = points[0] as DataPoint<ExponentialHistogram>;
        const seconds = durations.map((each) => each / 1000);
        expect(value).toMatchObject({ count: durations.length, zeroCount: 0 });
        expect([value.min, value.max]).toEqual([Math.min(...seconds), Math.max(...seconds)]);
        const sum = seconds.reduce((total, each) => total + each, 0);
        expect(Math.abs((value.sum as number) / sum - 1)).toBeLessThan(1e-9);
        expect(countsAwayFrom(value, seconds)).toBe(0);
        expect(value.positive.bucketCounts.length).toBeLessThanOrEqual(160);
      }),
      { numRuns: 100 },
    );
  });

  it('are in the buckets that the conventions advise, where the environment says so', async () => {
    const measured = new Measured({ [VARIABLE]: 'explicit_bucket_histogram' });
    measured.request(60);
    const { type, points } = await measured.points();
    expect(type).toBe(DataPointType.HISTOGRAM);
    expect(points[0]?.value).toMatchObject({
      buckets: {
        boundaries: [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
        counts: [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      },
    });
  });

  it('are in exponential ones with a warning, where it says something else', () => {
    const warnings: string[] = [];
    const [view] = durationViews({ [VARIABLE]: 'linear' }, (text) => warnings.push(text));
    expect(view?.aggregation).toEqual({ type: 5 });
    expect(warnings).toEqual([
      `${VARIABLE} is "linear"; allowed: base2_exponential_bucket_histogram, explicit_bucket_histogram. It is left out.`,
    ]);
  });
});

/** How many values are not in the bucket that they belong to; a rounding error may put one next to it. */
function countsAwayFrom({ scale, positive }: ExponentialHistogram, values: readonly number[]): number {
  const left = new Map(positive.bucketCounts.map((count, n) => [positive.offset + n, count]));
  const take = (index: number): boolean => {
    const count = left.get(index) ?? 0;
    left.set(index, count - 1);
    return count > 0;
  };
  const away = values.filter((value) => {
    const index = bucketOf(value, scale);
    return !(take(index) || take(index + 1) || take(index - 1));
  });
  return away.length;
}

describe('series', () => {
  const overflow = (attributes: Attributes): boolean => attributes['otel.metric.overflow'] === true;

  it.each([{}, { [TEMPORALITY]: 'delta' }])(
    'are bounded from export to export, and what is past the bound is counted: %j',
    async (environment) => {
      const measured = new Measured(environment);
      let counted = 0;
      for (let round = 0; round < 3; round++) {
        for (let n = 0; n < 2_500; n++) measured.request(1, { route: `/${round}/${n}` });
        for (let n = 0; n < 7; n++) measured.request(1, { route: '/0/0' });
        const { points } = await measured.points();
        expect(points.length).toBe(MAX_SERIES);
        expect(points.filter(({ attributes }) => overflow(attributes))).toHaveLength(1);
        const inAll = points.reduce((sum, { value }) => sum + value.count, 0);
        counted = TEMPORALITY in environment ? counted + inAll : inAll;
        expect(counted).toBe((round + 1) * 2_507);
      }
    },
  );

  it('are by method, route, status and the kind of error', async () => {
    const measured = new Measured();
    for (const given of [{}, { status: 404 }, { status: 503 }, { method: 'POST' }, { route: '/people' }]) {
      measured.request(1, given);
      measured.request(2, given);
    }
    const { points } = await measured.points();
    expect(points.map(({ value }) => value.count)).toEqual([2, 2, 2, 2, 2]);
    expect(points[2]?.attributes).toEqual({
      'error.type': '503',
      'http.request.method': 'GET',
      'http.response.status_code': 503,
      'http.route': '/users/:id',
      'network.protocol.version': '1.1',
      'url.scheme': 'http',
    });
  });
});
