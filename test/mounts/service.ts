import type { Server } from 'node:http';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { AdminHandler } from 'tacho';
import { startMonitoring } from 'tacho';
import { ready } from '../side-channel.ts';
import { APPLICATIONS } from './applications.ts';

/** An application of each framework with the admin API mounted in it, all in one process. */
const monitoring = startMonitoring();

const ports: Record<string, number> = {};
for (const [name, listen] of Object.entries(APPLICATIONS)) ports[name] = portOf(await listen(monitoring));
ports['HTTP/2'] = await listenHttp2();

ready(ports, { shutdown: () => monitoring.shutdown() });

function portOf(server: Pick<Server, 'address'>): number {
  return (server.address() as AddressInfo).port;
}

/** Node's compatible API has of HTTP/1's objects what is needed. */
async function listenHttp2(): Promise<number> {
  const handler = monitoring.adminHandler();
  const server = http2.createServer((request, response) => {
    handler(...([request, response] as unknown as Parameters<AdminHandler>));
  });
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  return portOf(server);
}
