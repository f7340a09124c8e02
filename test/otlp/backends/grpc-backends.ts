import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';

type Answer = sendUnaryData<Buffer>;
type Behaviour = (answer: Answer) => void;

const refusing =
  (code: status): Behaviour =>
  (answer) =>
    answer({ code, details: 'as the test says' });

export const GRPC_BEHAVIOURS = {
  'does not answer': () => {},
  'is not available': refusing(status.UNAVAILABLE),
  'has had enough': refusing(status.RESOURCE_EXHAUSTED),
  'does not like it': refusing(status.INVALID_ARGUMENT),
  'answers sixteen mebibytes': (answer) => answer(null, Buffer.alloc(16 * 2 ** 20)),
  'is well': (answer) => answer(null, Buffer.alloc(0)),
} satisfies Record<string, Behaviour>;

const asBytes = (bytes: Buffer): Buffer => bytes;
const method = (path: string) => ({
  path,
  requestStream: false,
  responseStream: false,
  requestDeserialize: asBytes,
  requestSerialize: asBytes,
  responseDeserialize: asBytes,
  responseSerialize: asBytes,
});

/** @returns the port of a backend that treats traces and metrics alike */
export function serveGrpcBackend(behave: Behaviour): Promise<number> {
  const server = new Server({ 'grpc.max_send_message_length': -1 });
  for (const signal of ['trace.v1.Trace', 'metrics.v1.Metrics']) {
    const Export = method(`/opentelemetry.proto.collector.${signal}Service/Export`);
    server.addService(
      { Export },
      { Export: (_call: ServerUnaryCall<Buffer, Buffer>, done: Answer) => behave(done) },
    );
  }
  return new Promise((settle, fail) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
      error === null ? settle(port) : fail(error),
    );
  });
}
