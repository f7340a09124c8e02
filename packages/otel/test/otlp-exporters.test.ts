import { expect, it } from '@jest/globals';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { exportersFrom } from '../src/export/exporters.ts';
import { STRICT } from './strict-privacy.ts';

const fail = (...said: string[]): never => {
  throw new Error(said.join(': '));
};
const silence = { info: fail, warn: fail, warnRarely: fail };

it('nothing is exported where nothing is configured', () => {
  const { spanProcessors, metricReaders, status } = exportersFrom({}, STRICT, silence);
  expect([spanProcessors, metricReaders]).toEqual([[], []]);
  expect(status()).toBeUndefined();
});

it.each(['http/protobuf', 'http/json', 'grpc'])('spans and metrics are exported by %s', async (protocol) => {
  const environment = {
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  };
  const { spanProcessors, metricReaders, status } = exportersFrom(environment, STRICT, silence);
  expect(spanProcessors).toHaveLength(1);
  // A reader has nothing to collect, and so to send, until it is given to a provider.
  expect(metricReaders).toEqual([expect.any(PeriodicExportingMetricReader)]);
  expect(status()).toEqual({
    spans: {
      produced: 0,
      sent: 0,
      queued: 0,
      dropped: 0,
      droppedBecause: { queueFull: 0, refused: 0, timedOut: 0, failed: 0, shutDown: 0 },
      notHeld: 0,
    },
    metrics: { sent: 0, failed: 0 },
    trouble: undefined,
  });
  await Promise.all(spanProcessors.map((processor) => processor.shutdown()));
});
