import { type AddressInfo, createServer } from 'node:net';
import { ready } from '../../side-channel.ts';
import { BEHAVIOURS, type Behaviour } from './behaviours.ts';
import { GRPC_BEHAVIOURS, serveGrpcBackend } from './grpc-backends.ts';

/** Backends that are no good, as a program: each on a port of its own, named after its protocol and what it does. */
function serve(behave: Behaviour): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    behave(socket);
  });
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle((server.address() as AddressInfo).port));
  });
}

const ports: Record<string, number> = {};
for (const [name, behave] of Object.entries(BEHAVIOURS)) ports[`http ${name}`] = await serve(behave);
for (const [name, behave] of Object.entries(GRPC_BEHAVIOURS))
  ports[`grpc ${name}`] = await serveGrpcBackend(behave);
ready(ports);
