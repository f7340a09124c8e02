import { expect, it } from '@jest/globals';
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor } from '@opentelemetry/sdk-trace';
import { otlpMetricReaders, otlpSpanProcessors } from '../src/export/otlp-exporters.ts';

const fail = (...said: string[]): never => {
  throw new Error(said.join(': '));
};
const silence = { info: fail, warn: fail, warnRarely: fail };

it('nothing is exported, and no exporter loaded, where none is configured', () => {
  expect(otlpSpanProcessors({}, silence)).toEqual([]);
  expect(otlpMetricReaders({}, silence)).toEqual([]);
});

it.each(['http/protobuf', 'http/json', 'grpc'])('spans and metrics are exported by %s', async (protocol) => {
  const environment = {
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_METRICS_EXPORTER: 'otlp',
    OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
  };
  const processors = otlpSpanProcessors(environment, silence);
  expect(processors).toEqual([expect.any(BatchSpanProcessor)]);
  // A reader has nothing to collect, and so to send, until it is given to a provider.
  expect(otlpMetricReaders(environment, silence)).toEqual([expect.any(PeriodicExportingMetricReader)]);
  await Promise.all(processors.map((processor) => processor.shutdown()));
});
