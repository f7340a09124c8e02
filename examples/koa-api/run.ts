import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { startTraffic } from './traffic.ts';
import { whereToLook } from './where-to-look.ts';

const START_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 5_000;

const token = process.env.TACHO_ADMIN_TOKEN || randomBytes(24).toString('base64url');
const servicePort = await portFor('the service', process.env.PORT || '3000');
const adminPort = await portFor('the admin API', process.env.TACHO_ADMIN_PORT || '9797');
const serviceUrl = `http://127.0.0.1:${servicePort}`;
const adminUrl = `http://127.0.0.1:${adminPort}`;

const service = spawn(process.execPath, [join(import.meta.dirname, 'src/main.ts')], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    PORT: String(servicePort),
    TACHO_ADMIN_PORT: String(adminPort),
    TACHO_ADMIN_TOKEN: token,
  },
});

const over = Promise.withResolvers<'asked' | 'gone'>();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => over.resolve('asked'));
service.once('exit', () => over.resolve('gone'));
// However this process ends, the service does not outlive it.
process.once('exit', () => service.kill('SIGKILL'));

const overEarly = await Promise.race([bothAnswer(), over.promise]);
if (overEarly === undefined) {
  const traffic = startTraffic(serviceUrl);
  console.log(whereToLook({ serviceUrl, adminUrl, token }));
  await over.promise;
  traffic.stop();
}
await stopService();
// Ctrl-C reaches the service too, and its end may be seen first.
if ((await over.promise) === 'gone' && service.signalCode !== 'SIGINT') {
  console.error('The service ended by itself.');
  process.exitCode = 1;
}

async function portFor(what: string, wanted: string): Promise<number> {
  const port = await freePort(Number(wanted));
  if (wanted !== '0' && port !== Number(wanted)) {
    console.log(`Port ${wanted} can't be had, so ${what} is on ${port}.`);
  }
  return port;
}

async function bothAnswer(): Promise<void> {
  const giveUpAt = Date.now() + START_LIMIT_MS;
  while (!((await answers(`${serviceUrl}/healthz`)) && (await answers(adminUrl)))) {
    if (Date.now() > giveUpAt) throw new Error(`${serviceUrl} and ${adminUrl} do not answer`);
    await delay(100, undefined, { ref: false });
  }
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1000) }).then(
    () => true,
    () => false,
  );
}

async function stopService(): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  service.kill('SIGTERM');
  const insist = setTimeout(() => service.kill('SIGKILL'), STOP_LIMIT_MS);
  await once(service, 'exit');
  clearTimeout(insist);
}
