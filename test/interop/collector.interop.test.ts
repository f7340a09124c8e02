import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { comparable, inOrder, wrongDurations, wrongIds } from '../otlp/workload/expected.ts';
import { exportTo, PROTOCOLS, REQUESTS } from '../otlp/workload/requests.ts';
import { endAll } from '../processes.ts';
import type { Protocol, ReceivedMetric, ReceivedSpan } from '../receiver/received.ts';
import { type Receiver, startReceiver } from '../receiver/start-receiver.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { COLLECTOR } from './build-collector.ts';
import { type Collector, startCollector } from './collector.ts';

let collector: Collector;
let receiver: Receiver;
let spans: readonly ReceivedSpan[];
let metrics: readonly ReceivedMetric[];

beforeAll(async () => {
  collector = await startCollector(COLLECTOR, await temporaryFolder());
  receiver = await startReceiver('answers');
  for (const protocol of PROTOCOLS) {
    const isGrpc = protocol === 'grpc';
    await exportTo(isGrpc ? collector.grpcUrl : collector.httpUrl, protocol);
    await exportTo(isGrpc ? receiver.grpcUrl : receiver.url, protocol);
  }
  await eventually('all that was sent to be written', async () => {
    [spans, metrics] = await Promise.all([collector.spans(), collector.metrics()]);
    const isMeasured = (protocol: Protocol): boolean => durationsOf(protocol) !== undefined;
    return (spans.length >= PROTOCOLS.length * REQUESTS && PROTOCOLS.every(isMeasured)) || undefined;
  });
});

afterAll(async () => {
  await endAll();
  await removeFolders();
});

it('the Collector takes all of it and refuses nothing', async () => {
  const counters = await collector.counters();
  expect(counters).toMatchObject({
    accepted_spans: PROTOCOLS.length * REQUESTS,
    refused_spans: 0,
    failed_spans: 0,
    refused_metric_points: 0,
    failed_metric_points: 0,
  });
  expect(counters.accepted_metric_points).toBe(metrics.reduce((sum, { points }) => sum + points.length, 0));
  expect(collector.complaints()).toEqual([]);
  console.log(`the Collector's counters: ${JSON.stringify(counters)}`);
});

describe.each(PROTOCOLS)('what it writes of what came over %s', (protocol) => {
  it('is every span that was sent, with its ids, names and attributes', () => {
    const written = writtenSpans(protocol);
    expect(written).toHaveLength(REQUESTS);
    expect(wrongIds(written)).toEqual([]);
    const sent = inOrder(
      receiver.received().flatMap((each) => (each.protocol === protocol ? each.spans : [])),
    );
    expect(written.map(comparable)).toEqual(sent.map(comparable));
  });

  it('is every metric that was sent, with the durations in exponential buckets where they belong', () => {
    const sent = receiver.received().flatMap((each) => (each.protocol === protocol ? each.metrics : []));
    const shapes = (given: readonly ReceivedMetric[]): unknown =>
      given.map(({ name, unit, kind, temporality }) => ({ name, unit, kind, temporality }));
    expect(shapes(writtenMetrics(protocol))).toEqual(shapes(sent));
    expect(wrongDurations(durationsOf(protocol), writtenSpans(protocol))).toEqual([]);
  });
});

function writtenSpans(protocol: Protocol): ReceivedSpan[] {
  return inOrder(spans.filter(({ resource }) => resource['service.name'] === protocol));
}

function writtenMetrics(protocol: Protocol): ReceivedMetric[] {
  return metrics.filter(({ resource }) => resource['service.name'] === protocol);
}

function durationsOf(protocol: Protocol): ReceivedMetric | undefined {
  return writtenMetrics(protocol).findLast(({ name }) => name === 'http.server.request.duration');
}
