// Serves three requests, and prints what the admin API says of them and of the store.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { startMonitoring } from 'tacho';

const token = 'a-token-for-these-tests-0123456789abcdef';
const monitoring = startMonitoring({ store: process.argv[2], adminApi: { port: 0, tokens: [token] } });
const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1');
await once(server, 'listening');
for (let n = 0; n < 3; n++)
  await (await fetch(`http://127.0.0.1:${server.address().port}/items/${n}`)).text();

async function report(path) {
  const url = `${monitoring.adminApi.url}/api/performance/${path}`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).json();
}

while (monitoring.adminApi === undefined) await pause(10);
// The store is looked for within ten seconds.
for (let waits = 0; waits < 130 && (await report('health')).status === 'ok'; waits++) await pause(100);
const { status, store } = await report('health');
const { total_requests } = await report('summary');
process.stdout.write(JSON.stringify({ status, reason: store.reason, total_requests }));
await monitoring.shutdown();
server.close();
server.closeAllConnections();
