import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import type { Protocol, ReceivedMetric, ReceivedSpan } from '../receiver/received.ts';
import { type Receiver, startReceiver } from '../receiver/start-receiver.ts';
import type { ExportFigures } from './health.ts';
import { comparable, inOrder, wrongDurations, wrongIds } from './workload/expected.ts';
import { exportTo, PROTOCOLS, REQUESTS } from './workload/requests.ts';

let receiver: Receiver;
let figures: readonly ExportFigures[];
beforeAll(async () => {
  receiver = await startReceiver('answers');
  figures = await Promise.all(
    PROTOCOLS.map((protocol) => exportTo(protocol === 'grpc' ? receiver.grpcUrl : receiver.url, protocol)),
  );
});
afterAll(endAll);

describe.each(PROTOCOLS)('over %s', (protocol) => {
  it('every span arrives, as it does over the others', () => {
    const spans = spansOf(protocol);
    expect(spans).toHaveLength(REQUESTS);
    expect(spans.map(comparable)).toEqual(spansOf('http/protobuf').map(comparable));
    expect(wrongIds(spans)).toEqual([]);
    expect(spans[2]).toMatchObject({
      kind: 'SERVER',
      status: 'ERROR',
      attributes: { 'http.route': '/fails' },
    });
  });

  it('all of it is counted as sent', () => {
    expect(figures[PROTOCOLS.indexOf(protocol)]).toMatchObject({
      state: 'ok',
      spans: { produced: REQUESTS, sent: REQUESTS, queued: 0, dropped: 0 },
    });
  });

  it('the durations are in exponential buckets, each where its span says', () => {
    const metric = metricsOf(protocol).findLast(({ name }) => name === 'http.server.request.duration');
    expect(wrongDurations(metric, spansOf(protocol))).toEqual([]);
  });

  it('the host, the process and its runtime are measured all the same', () => {
    const names = new Set(metricsOf(protocol).map(({ name }) => name));
    // Only where there was a collection.
    names.delete('v8js.gc.duration');
    expect(names).toEqual(
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
        'process.uptime',
        ...['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'].map(
          (figure) => `nodejs.eventloop.delay.${figure}`,
        ),
        'nodejs.eventloop.time',
        'nodejs.eventloop.utilization',
        'v8js.memory.external',
        'v8js.memory.heap.limit',
        'v8js.memory.heap.used',
        'v8js.memory.heap.space.size',
        'v8js.memory.heap.space.available_size',
        'v8js.memory.heap.space.physical_size',
        'v8js.resource.active',
      ]),
    );
  });
});

function spansOf(protocol: Protocol): ReceivedSpan[] {
  return inOrder(receiver.received().flatMap((each) => (each.protocol === protocol ? each.spans : [])));
}

function metricsOf(protocol: Protocol): ReceivedMetric[] {
  return receiver.received().flatMap((each) => (each.protocol === protocol ? each.metrics : []));
}
