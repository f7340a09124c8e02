import { startService } from '../../service.ts';
import { blackHole, closedPort } from './black-hole.ts';

/** What becomes of spans, beside those that find the queue full. */
export type Fate = 'sent' | 'refused' | 'kept';

/** Each by its protocol and what it does, and what becomes of spans. */
export const BACKENDS: Readonly<Record<string, Fate>> = {
  'http refuses connections': 'kept',
  'http is a black hole': 'kept',
  'http hangs': 'kept',
  'http trickles': 'kept',
  'http trickles its body': 'kept',
  'http resets in the request': 'kept',
  'http resets in the answer': 'refused',
  'http answers a gibibyte': 'refused',
  'http redirects': 'refused',
  'http upgrades without being asked': 'kept',
  'http speaks another language': 'kept',
  'http asks for patience': 'kept',
  'http is not available': 'kept',
  'http does not like it': 'refused',
  'http is well': 'sent',
  'grpc refuses connections': 'kept',
  'grpc is a black hole': 'kept',
  'grpc hangs': 'kept',
  'grpc resets in the request': 'kept',
  'grpc speaks another language': 'kept',
  'grpc does not answer': 'kept',
  'grpc is not available': 'kept',
  'grpc has had enough': 'refused',
  'grpc does not like it': 'refused',
  'grpc answers sixteen mebibytes': 'refused',
  'grpc is well': 'sent',
};

export interface Backends {
  /** What does not speak to begin with does not speak gRPC either. */
  portOf(backend: string): number;
  close(): void;
}

export async function startBackends(): Promise<Backends> {
  const hole = await blackHole();
  const { ports } = await startService('test/otlp/backends/bad-backends.ts', { monitored: 'no' });
  const all: Readonly<Record<string, number>> = {
    ...ports,
    'http refuses connections': await closedPort(),
    'http is a black hole': hole.port,
  };
  return {
    portOf: (backend) => all[backend] ?? all[backend.replace('grpc', 'http')]!,
    close: hole.close,
  };
}

/** Over the protocol that the backend's name begins with. */
export function exportingTo(backend: string, port: number): Record<string, string> {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: backend.startsWith('grpc') ? 'grpc' : 'http/protobuf',
  };
}
