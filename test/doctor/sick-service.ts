/** A service that has gone wrong in many ways at once. Its first argument is a folder of its own. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startMonitoring } from 'tacho';
import { eventually } from '../eventually.ts';
import { ready } from '../side-channel.ts';

const folder = process.argv[2] ?? '';
const notAFolder = join(folder, 'backups');
writeFileSync(notAFolder, '');

const options = {
  store: join(folder, 'tacho.db'),
  backup: { every: '1h', dir: notAFolder },
  maxEndpoints: 10,
  traces: 'off',
  logger: false,
  user: () => {
    throw new Error('no session');
  },
  adminApi: { port: 0, host: '0.0.0.0' },
} as const;
const monitoring = startMonitoring(options);
startMonitoring(options);

const server = createServer((_request, response) => response.end('fine'));
server.listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as AddressInfo;
  // Each of these pages is one route too many.
  for (let page = 0; page < 30; page++)
    await (await fetch(`http://127.0.0.1:${port}/${'abcdefghij'[page % 10]}/page-${'abc'[page % 3]}`)).text();
  const url = await eventually('the admin API', () => monitoring.adminApi?.url);
  ready({ http: port, admin: Number(new URL(url).port) });
});
