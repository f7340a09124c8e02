import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Another HTTP server of the same process, and measured as well: a client's request to it has a server span of
 * its own, which must not be mixed up with the one of the request that made it.
 */
const server = createServer((req, res) => {
  req.resume().on('end', () => {
    res.write('first');
    setTimeout(() => res.end('second'), 1);
  });
});

export async function upstream(): Promise<string> {
  if (!server.listening) {
    await new Promise<void>((settle) => server.once('listening', settle).listen(0, '127.0.0.1'));
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
