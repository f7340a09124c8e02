import type { Server } from 'node:net';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';

/** Waits until the servers have no connection left and what their closing set off has run. */
export async function whenIdle(servers: readonly Server[]): Promise<void> {
  while ((await connections(servers)) > 0) await pause(20);
  await turn();
  await turn();
}

async function connections(servers: readonly Server[]): Promise<number> {
  const counts = servers.map(
    (server) => new Promise<number>((settle) => server.getConnections((_error, count) => settle(count))),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
