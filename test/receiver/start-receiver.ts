import { eventually } from '../eventually.ts';
import { startService } from '../service.ts';
import type { Received, ReceivedMetric, ReceivedSpan } from './received.ts';

export interface Receiver {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`, where the protocol is one over HTTP. */
  readonly url: string;
  /** The same where it is gRPC. */
  readonly grpcUrl: string;
  /** How many exports were sent to it so far. */
  exports(): Promise<number>;
  /** One of each export that was answered. */
  received(): readonly Received[];
  spans(): readonly ReceivedSpan[];
  metrics(): readonly ReceivedMetric[];
  /** Waits for a span and for a metric with these names. */
  spanNamed(name: string): Promise<ReceivedSpan>;
  metricNamed(name: string): Promise<ReceivedMetric>;
}

/** @param folder where to keep what is received, byte by byte */
export async function startReceiver(
  behaviour: 'answers' | 'fails' | 'hangs',
  folder?: string,
): Promise<Receiver> {
  const program = await startService('test/receiver/receiver.ts', {
    monitored: 'no',
    arguments: folder === undefined ? [behaviour] : [behaviour, folder],
  });
  const received = (): Received[] => {
    const lines = program.child.stdout.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Received);
  };
  const spans = (): ReceivedSpan[] => received().flatMap((each) => each.spans);
  const metrics = (): ReceivedMetric[] => received().flatMap((each) => each.metrics);
  return {
    url: `http://127.0.0.1:${program.ports.otlp}`,
    grpcUrl: `http://127.0.0.1:${program.ports.grpc}`,
    received,
    exports: async () => (await program.ask('exports')) as number,
    spans,
    metrics,
    spanNamed: (name) => eventually(`a span ${name}`, () => spans().find((span) => span.name === name)),
    metricNamed: (name) =>
      eventually(`a metric ${name}`, () => metrics().findLast((metric) => metric.name === name)),
  };
}
