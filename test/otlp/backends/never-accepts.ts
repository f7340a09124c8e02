import { type AddressInfo, createServer } from 'node:net';

/** Is stopped before anybody connects. */
const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  console.log(`port ${(server.address() as AddressInfo).port}`);
});
