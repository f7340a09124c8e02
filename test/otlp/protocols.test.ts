import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import type { Protocol, ReceivedMetric, ReceivedPoint, ReceivedSpan } from '../receiver/received.ts';
import { type Receiver, startReceiver } from '../receiver/start-receiver.ts';
import { startService } from '../service.ts';
import { indexOf } from './exponential.ts';
import { exportHealth } from './health.ts';

const PROTOCOLS: readonly Protocol[] = ['http/protobuf', 'http/json', 'grpc'];
const ROUNDS = 25;
const CASES = [
  ['GET', '/users/1'],
  ['POST', '/users'],
  ['GET', '/fails'],
  ['GET', '/nowhere'],
] as const;

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver('answers');
  await Promise.all(PROTOCOLS.map(exportBy));
});
afterAll(endAll);

describe.each(PROTOCOLS)('over %s', (protocol) => {
  it('every span arrives, as it does over the others', () => {
    const spans = spansOf(protocol);
    expect(spans).toHaveLength(CASES.length * ROUNDS);
    expect(spans.map(comparable)).toEqual(spansOf('http/protobuf').map(comparable));
    expect(spans.map(({ traceId, parentSpanId }) => [traceId, parentSpanId])).toEqual(
      spans.map((_span, n) => [idOf(n, 32), idOf(n, 16)]),
    );
    expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
    expect(spans[2]).toMatchObject({
      kind: 'SERVER',
      status: 'ERROR',
      attributes: { 'http.route': '/fails' },
    });
  });

  it('the durations are in exponential buckets, each where its span says', () => {
    const metric = metricOf(protocol, 'http.server.request.duration');
    expect(metric).toMatchObject({ kind: 'exponentialHistogram', temporality: 'CUMULATIVE', unit: 's' });
    expect(metric.points.map(({ attributes }) => attributes)).toEqual(
      metricOf('http/protobuf', 'http.server.request.duration').points.map(({ attributes }) => attributes),
    );
    expect(metric.points).toHaveLength(CASES.length);
    for (const point of metric.points) {
      const seconds = spansOf(protocol).filter(isMeasuredBy(point)).map(secondsOf);
      expect(point.value).toBe(ROUNDS);
      expect(point.sum).toBeCloseTo(
        seconds.reduce((sum, each) => sum + each),
        5,
      );
      expect(point.min).toBeCloseTo(Math.min(...seconds), 5);
      expect(point.max).toBeCloseTo(Math.max(...seconds), 5);
      expect(misplaced(point, seconds)).toEqual([]);
    }
  });

  it('the host and the process are measured all the same', () => {
    const names = receiver
      .received()
      .filter((each) => each.protocol === protocol)
      .flatMap(({ metrics }) => metrics);
    expect(new Set(names.map(({ name }) => name))).toEqual(
      new Set([
        'http.server.request.duration',
        'system.cpu.time',
        'system.cpu.utilization',
        'system.memory.usage',
        'system.memory.utilization',
        'system.filesystem.usage',
        'system.filesystem.utilization',
        'process.cpu.time',
        'process.cpu.utilization',
        'process.memory.usage',
      ]),
    );
  });
});

async function exportBy(protocol: Protocol): Promise<void> {
  const service = await startService('test/services/users.ts', {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: protocol === 'grpc' ? receiver.grpcUrl : receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      OTEL_EXPORTER_OTLP_COMPRESSION: protocol === 'http/json' ? 'gzip' : 'none',
      OTEL_BSP_SCHEDULE_DELAY: '50',
      OTEL_METRIC_EXPORT_INTERVAL: '600000',
    },
  });
  const connection = await Connection.open(service.ports.http!);
  for (let n = 0; n < CASES.length * ROUNDS; n++) {
    const [method, target] = CASES[n % CASES.length]!;
    const headers = [`traceparent: 00-${idOf(n, 32)}-${idOf(n, 16)}-01`];
    await connection.exchangeOne(
      request({ method, target, headers, ...(method === 'POST' && { body: '{}' }) }),
    );
  }
  await connection.close();
  await service.ask('idle');
  const exported = await eventually('all spans to be sent', async () => {
    const health = await exportHealth(service.admin);
    return health.spans.sent === CASES.length * ROUNDS ? health : undefined;
  });
  expect(exported).toMatchObject({ state: 'ok', spans: { produced: 100, queued: 0, dropped: 0 } });
  await service.stop();
}

function idOf(n: number, digits: number): string {
  return (n + 1).toString(16).padStart(digits, '0');
}

function spansOf(protocol: Protocol): ReceivedSpan[] {
  const spans = receiver.received().flatMap((each) => (each.protocol === protocol ? each.spans : []));
  return spans.sort((a, b) => (a.traceId < b.traceId ? -1 : 1));
}

function metricOf(protocol: Protocol, name: string): ReceivedMetric {
  const metrics = receiver.received().flatMap((each) => (each.protocol === protocol ? each.metrics : []));
  return metrics.findLast((metric) => metric.name === name)!;
}

/** What is the same wherever and whenever a request was made. */
function comparable({ name, kind, status, attributes, events, resource }: ReceivedSpan): unknown {
  const { 'process.pid': _pid, 'service.instance.id': _id, ...process } = resource;
  const { 'network.peer.port': _port, ...request } = attributes;
  return { name, kind, status, request, events, process };
}

function isMeasuredBy({ attributes }: ReceivedPoint): (span: ReceivedSpan) => boolean {
  return (span) =>
    ['http.request.method', 'http.route', 'http.response.status_code'].every(
      (name) => span.attributes[name] === attributes[name],
    );
}

function secondsOf({ startNano, endNano }: ReceivedSpan): number {
  return Number(BigInt(endNano) - BigInt(startNano)) / 1e9;
}

/** The durations that are not in their bucket. A span's times are rounded, so one that is next to it will do. */
function misplaced({ exponential }: ReceivedPoint, seconds: readonly number[]): number[] {
  const { scale, offset, counts } = exponential!;
  const left = [...counts];
  const slack = Math.ceil(2 ** scale / 500);
  return seconds
    .toSorted((a, b) => a - b)
    .filter((value) => {
      const index = indexOf(value, scale) - offset;
      for (let n = Math.max(0, index - slack); n <= index + slack; n++) {
        if ((left[n] ?? 0) > 0) {
          left[n]!--;
          return false;
        }
      }
      return true;
    });
}
