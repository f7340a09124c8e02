import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';

/** Tells the driver where a server listens, when it is idle, and on which Node. */
export function serve(server: Server): void {
  ready(
    { http: (server.address() as AddressInfo).port },
    { idle: () => whenIdle([server]), version: () => process.versions.node },
  );
}
