import { networkInterfaces } from 'node:os';
import type { Check } from '../check.ts';
import { type Finding, ok, skipped, warning } from '../finding.ts';
import { type Patient, variable } from '../patient.ts';
import { isLocal } from '../store-place.ts';

const LIMIT_MS = 2_000;
const MAX_ADDRESSES = 4;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/;

const REMEDY =
  'Leave TACHO_ADMIN_HOST (option adminApi.host) at 127.0.0.1, or put a proxy with TLS in front and let a firewall keep ' +
  'the port itself; docs/admin-access.md says how.';

/** Whether the admin port is open beyond this machine, where its tokens would travel in the clear. */
export const exposure: Check = {
  id: 'exposure',
  group: 'configuration',
  async examine(patient) {
    const { url } = patient.service;
    const host = variable(patient, 'TACHO_ADMIN_HOST');
    if (url !== undefined && isLocal(patient)) {
      const open = await reachableFrom(patient, new URL(url));
      if (open !== undefined) return [exposed(`it answers at ${open}`)];
    }
    if (host !== undefined && !LOOPBACK.test(host))
      return [exposed(`TACHO_ADMIN_HOST is not this machine's own`)];
    if (url === undefined) return [skipped('nobody knows where the service is')];
    if (!isLocal(patient) && url.startsWith('http:'))
      return [exposed('it is asked over plain HTTP, elsewhere than on this machine')];
    return [ok('the admin port is for this machine alone, or behind TLS')];
  },
};

function exposed(how: string): Finding {
  return warning(`the admin API is open to others without TLS: ${how}`, REMEDY);
}

/** An address of this machine that is not for it alone, at which the port answers. */
async function reachableFrom({ environment }: Patient, { port }: URL): Promise<string | undefined> {
  const addresses = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .slice(0, MAX_ADDRESSES);
  const answers = addresses.map(async ({ address }) => {
    const target = `http://${address}:${port}/api/performance/health`;
    const signal = environment.clock.timeout(LIMIT_MS);
    const { body } = await environment.fetch(target, { signal, redirect: 'manual' });
    await body?.cancel();
    return `${address}:${port}`;
  });
  return await Promise.any(answers).catch(() => undefined);
}
