import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { whenIdle } from '../idle.ts';
import { ready } from '../side-channel.ts';
import { koaApp } from './koa-app.ts';
import { plainApp } from './plain-app.ts';

/** The service whose counts are checked: the Koa application and the plain one, each on a port of its own. */
const servers = { koa: createServer(koaApp().callback()), plain: plainApp() };
let listening = 0;

for (const server of Object.values(servers)) {
  server.listen(0, '127.0.0.1', () => {
    if (++listening === 2) ready(portsOf(), { idle: () => whenIdle(Object.values(servers)) });
  });
}

function portsOf(): Record<string, number> {
  const ports = Object.entries(servers).map(([name, server]) => [
    name,
    (server.address() as AddressInfo).port,
  ]);
  return Object.fromEntries(ports);
}
