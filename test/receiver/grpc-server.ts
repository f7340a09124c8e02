import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';

const SERVICES = {
  traces: 'opentelemetry.proto.collector.trace.v1.TraceService',
  metrics: 'opentelemetry.proto.collector.metrics.v1.MetricsService',
} as const;

export type Signal = keyof typeof SERVICES;

/**
 * OTLP over gRPC, without a client of anybody's: both services have one method, whose messages stay bytes here.
 * @returns the port
 */
export async function serveGrpc(
  take: (signal: Signal, bytes: Uint8Array) => void | Promise<void>,
): Promise<number> {
  const server = new Server();
  const asBytes = (bytes: Buffer): Buffer => bytes;
  for (const signal of Object.keys(SERVICES) as Signal[]) {
    const method = {
      path: `/${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      requestDeserialize: asBytes,
      requestSerialize: asBytes,
      responseDeserialize: asBytes,
      responseSerialize: asBytes,
    };
    const answer = async (
      call: ServerUnaryCall<Buffer, Buffer>,
      done: sendUnaryData<Buffer>,
    ): Promise<void> => {
      await take(signal, call.request);
      done(null, Buffer.alloc(0));
    };
    server.addService({ Export: method }, { Export: answer });
  }
  return new Promise((settle, fail) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? settle(port) : fail(error),
    );
  });
}
