import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { requestLimits } from '../../src/limits/request-limits.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

it('a million addresses, each with a failed login and an identity, take less than 5 MB', async () => {
  const before = heapBytes();
  const limits = requestLimits({});
  for (let n = 0; n < 1_000_000; n++) {
    const key = `2001:db8:${(n >> 16).toString(16)}:${(n & 0xffff).toString(16)}`;
    const client = { address: key, key, network: key, peerIsProxy: false };
    await limits.check(client);
    await limits.login(
      client,
      () => false,
      (found) => !found,
    );
    await limits.identified({ name: key });
  }
  const bytes = heapBytes() - before;
  expect(limits.check({ address: '', key: '', network: '', peerIsProxy: false })).toMatchObject({
    ok: false,
  });
  process.stdout.write(`    limiters after a million addresses: ${(bytes / 1e6).toFixed(2)} MB\n`);
  expect(bytes).toBeLessThan(5_000_000);
});
