import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** The wanted port of 127.0.0.1 if it is free, and any free one if it is not; 0 wants any. */
export async function freePort(wanted: number): Promise<number> {
  try {
    return await triedPort(wanted);
  } catch {
    return triedPort(0);
  }
}

async function triedPort(port: number): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: given } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return given;
}
