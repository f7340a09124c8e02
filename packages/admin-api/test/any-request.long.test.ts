import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from '@jest/globals';
import { Campaign } from './requests/campaign.ts';

const REQUESTS = 100_000;
/** Of them, until all that is made once has been made. */
const AT_FIRST = 20_000;
const MAX_MS = 1_000;
const MAX_GROWTH_BYTES = 5_000_000;
const MAX_DURATION_MS = 180_000;

/** Of this process, which serves and asks: after what nobody holds any more was collected. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

it(
  'a hundred thousand requests of any kind are answered as described, and leave nothing behind',
  async () => {
    const beganMs = performance.now();
    const campaign = await Campaign.begin({ maxMs: MAX_MS, seed: Date.now() % 1e9 });
    try {
      await campaign.send(AT_FIRST);
      const before = heapBytes();
      await campaign.send(REQUESTS - AT_FIRST);
      const grownBytes = heapBytes() - before;
      const { answers, slowestMs, statuses } = campaign;
      const tookS = Math.round((performance.now() - beganMs) / 1_000);
      const figures = `in ${tookS} s, the slowest after ${Math.round(slowestMs)} ms, heap ${grownBytes} bytes`;
      console.log(`${answers} answers ${figures}`, statuses);
      expect(answers).toBeGreaterThan(0.95 * REQUESTS);
      expect(grownBytes).toBeLessThan(MAX_GROWTH_BYTES);
      expect(tookS * 1_000).toBeLessThanOrEqual(MAX_DURATION_MS);
    } finally {
      await campaign.end();
    }
  },
  3 * MAX_DURATION_MS,
);
