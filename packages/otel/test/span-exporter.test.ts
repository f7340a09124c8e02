import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { SpanKind } from '@opentelemetry/api';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { newExchange, Tracing } from './tracing.ts';

describe('a request has one record', () => {
  it('when its exchange ends before its span, at the end of the span', () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    tracing.endExchange(exchange);
    expect(tracing.records).toEqual([]);
    span.end();
    span.end();
    expect(tracing.records).toHaveLength(1);
  });

  it('when an error ends its span early, at the end of the exchange', () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    span.end();
    expect(tracing.records).toEqual([]);
    tracing.endExchange(exchange, { status: 500 });
    expect(tracing.records).toMatchObject([{ status: 500, traceId: span.spanContext().traceId }]);
  });

  it('when it has no span, from the exchange alone', () => {
    const tracing = new Tracing();
    tracing.endExchange(newExchange(), { outcome: 'streamed', status: 101 });
    expect(tracing.records).toEqual([
      {
        startMs: 1_750_000_000_000,
        durationMs: 12.5,
        method: 'GET',
        route: '/users/:id',
        status: 101,
        outcome: 'streamed',
        user: undefined,
        traceId: undefined,
      },
    ]);
  });

  it('when its response will not say that it has closed, from the span, which is ended', () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    tracing.endExchange(exchange, { outcome: 'aborted', isAbandoned: true });
    expect(span.isRecording()).toBe(false);
    expect(tracing.records).toMatchObject([{ outcome: 'aborted', traceId: span.spanContext().traceId }]);
  });

  it('when its span is of another provider, from the exchange alone', () => {
    const tracing = new Tracing();
    const exchange = newExchange();
    const theirs = new TracerProvider().getTracer('theirs').startSpan('GET', { kind: SpanKind.SERVER });
    tracing.exporter.link(theirs, exchange);
    tracing.endExchange(exchange);
    theirs.end();
    expect(tracing.records).toMatchObject([{ traceId: undefined }]);
    expect(tracing.otherSpans).toBe(0);
  });

  it('when it has two spans, from the first, and the second counts as another', () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    const second = tracing.start();
    tracing.exporter.link(second, exchange);
    tracing.endExchange(exchange);
    second.end();
    span.end();
    expect(tracing.records).toMatchObject([{ traceId: span.spanContext().traceId }]);
    expect(tracing.otherSpans).toBe(1);
  });

  it('also after the provider was shut down', async () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    await tracing.provider.forceFlush();
    await tracing.provider.shutdown();
    tracing.endExchange(exchange);
    span.end();
    expect(tracing.records).toHaveLength(1);
  });

  it('among many that end in any order', () => {
    const tracing = new Tracing();
    const requests = Array.from({ length: 1_000 }, () => tracing.request());
    for (const [n, { span, exchange }] of requests.entries()) {
      if (n % 2 === 0) span.end();
      else tracing.endExchange(exchange);
    }
    for (const [n, { span, exchange }] of requests.toReversed().entries()) {
      if (n % 2 === 1) tracing.endExchange(exchange);
      else span.end();
    }
    expect(tracing.records).toHaveLength(1_000);
    expect(new Set(tracing.records.map(({ traceId }) => traceId)).size).toBe(1_000);
    expect(tracing.otherSpans).toBe(0);
  });

  it('though all have the same trace and span ids', () => {
    const tracing = new Tracing({
      idGenerator: { generateTraceId: () => 'a'.repeat(32), generateSpanId: () => 'b'.repeat(16) },
    });
    const requests = Array.from({ length: 10 }, () => tracing.request());
    for (const { span, exchange } of requests) {
      tracing.endExchange(exchange);
      span.end();
    }
    expect(tracing.records).toHaveLength(10);
  });
});

describe('the record of a request', () => {
  it('has its times and trace from the span, and the rest from the exchange', async () => {
    const tracing = new Tracing();
    const before = Date.now();
    const { span, exchange } = tracing.request({ 'http.response.status_code': 204, 'http.route': '/spans' });
    await pause(30);
    tracing.endExchange(exchange, { outcome: 'aborted', status: 207, durationMs: 1, user: 'p_1' });
    span.end();
    const [record] = tracing.records;
    expect(record).toMatchObject({
      method: 'GET',
      route: '/users/:id',
      status: 207,
      outcome: 'aborted',
      user: 'p_1',
      traceId: span.spanContext().traceId,
    });
    expect(record?.startMs).toBeGreaterThanOrEqual(before);
    expect(record?.startMs).toBeLessThanOrEqual(Date.now());
    expect(record?.durationMs).toBeGreaterThanOrEqual(29);
    expect(record?.durationMs).toBeLessThan(5_000);
  });

  it('takes as long as the exchange did where an error ended the span before', () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    span.end();
    tracing.endExchange(exchange, { durationMs: 60_000 });
    expect(tracing.records[0]?.durationMs).toBe(60_000);
  });

  it('keeps fractions of a millisecond', () => {
    const tracing = new Tracing();
    const span = tracing.provider
      .getTracer('test')
      .startSpan('GET', { kind: SpanKind.SERVER, startTime: [1_750_000_000, 123_456_789] });
    const exchange = newExchange();
    tracing.exporter.link(span, exchange);
    tracing.endExchange(exchange, { durationMs: 0 });
    span.end([1_750_000_001, 123_706_789]);
    expect(tracing.records[0]?.startMs).toBeCloseTo(1_750_000_000_123.4568, 3);
    expect(tracing.records[0]?.durationMs).toBeCloseTo(1_000.25, 6);
  });

  it('never takes less than nothing, though the span ends before it starts', () => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    tracing.endExchange(exchange, { durationMs: 0 });
    span.end(new Date(0));
    expect(tracing.records).toMatchObject([{ durationMs: 0 }]);
  });
});

describe('the user of a record', () => {
  const userOf = (enduser: unknown, end = {}): string | undefined => {
    const tracing = new Tracing();
    const { span, exchange } = tracing.request();
    span.setAttribute('enduser.id', enduser as string);
    tracing.endExchange(exchange, end);
    span.end();
    return tracing.records[0]?.user;
  };

  it('is the pseudonym of the `enduser.id` that the application set on the span', () => {
    expect(userOf('user@sharif.edu')).toBe('pseudonym of 15 characters');
  });

  it('is the one of the exchange, which is a pseudonym already, before that', () => {
    expect(userOf('user@sharif.edu', { user: 'p_1' })).toBe('p_1');
  });

  it.each([[''], [17], [true], [['a']], [undefined], [null]])('is unknown where that is %j', (enduser) => {
    expect(userOf(enduser)).toBeUndefined();
  });
});

describe('spans of no request', () => {
  it('count as others where they are server spans, and not at all where they are not', () => {
    const tracing = new Tracing();
    for (const kind of [SpanKind.INTERNAL, SpanKind.CLIENT, SpanKind.PRODUCER, SpanKind.CONSUMER])
      tracing.start({}, kind).end();
    expect(tracing.otherSpans).toBe(0);
    tracing.start({}, SpanKind.SERVER).end();
    expect(tracing.otherSpans).toBe(1);
    expect(tracing.records).toEqual([]);
  });

  it('are no trouble, whatever their attributes', () => {
    const tracing = new Tracing();
    const span = tracing.start({
      'http.response.status_code': '200',
      'http.route': ['/a', '/b'],
      'url.query': 7,
    });
    span.end();
    expect(tracing.otherSpans).toBe(1);
    expect(tracing.errors).toEqual([]);
  });
});

it('an export is always a success, with nothing to flush', async () => {
  const { exporter } = new Tracing();
  const results: unknown[] = [];
  exporter.export([], (result) => results.push(result));
  expect(results).toEqual([{ code: 0 }]);
  await exporter.forceFlush();
  await exporter.shutdown();
});
