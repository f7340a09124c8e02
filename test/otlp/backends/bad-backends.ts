import { type AddressInfo, createServer } from 'node:net';
import { ready } from '../../side-channel.ts';
import { BEHAVIOURS, type Behaviour } from './behaviours.ts';

/** Backends that are no good, as a program: each on a port of its own, named after what it does. */
const asked: Record<string, number> = {};

async function serve(name: string, behave: Behaviour): Promise<[string, number]> {
  asked[name] = 0;
  const server = createServer((socket) => {
    asked[name]!++;
    socket.on('error', () => {});
    behave(socket);
  });
  return new Promise((settle) => {
    server.listen(0, '127.0.0.1', () => settle([name, (server.address() as AddressInfo).port]));
  });
}

const served = await Promise.all(Object.entries(BEHAVIOURS).map(([name, behave]) => serve(name, behave)));
ready(Object.fromEntries(served), { connections: () => asked });
