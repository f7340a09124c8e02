import { afterAll, describe, expect, it } from '@jest/globals';
import { underLoad } from '../../bench/gate/pair.ts';
import { stepsPerMs } from '../../bench/gate/work.ts';
import { endAll, start } from '../processes.ts';
import { TOKEN } from '../service.ts';
import type { Tally } from './verdicts.ts';

const PAIRS = 20;
const VERDICTS: Record<number, keyof Tally> = { 0: 'pass', 1: 'fail', 10: 'cannot_tell' };

afterAll(endAll);

describe('tacho check, of two services side by side for five seconds', () => {
  it(
    'fails none of twenty pairs of the same build, and finds a tenth more to do in nineteen of twenty',
    async () => {
      const steps = stepsPerMs();
      const same: Tally = { pass: 0, fail: 0, cannot_tell: 0 };
      const slower: Tally = { pass: 0, fail: 0, cannot_tell: 0 };
      for (let pair = 0; pair < PAIRS; pair++) {
        same[await checked(steps, 1)]++;
        slower[await checked(steps, 1.1)]++;
      }
      process.stdout.write(`live: same ${JSON.stringify(same)}, 10 % slower ${JSON.stringify(slower)}\n`);
      expect(same.fail).toBe(0);
      expect(slower.fail).toBeGreaterThanOrEqual(0.95 * PAIRS);
      expect(slower.pass).toBe(0);
    },
    15 * 60_000,
  );
});

function checked(steps: number, factor: number): Promise<keyof Tally> {
  return underLoad({ stepsPerMs: steps, factor }, async (baseline, current) => {
    const services = ['--url', current.admin.url, '--baseline-url', baseline.admin.url];
    const command = start(
      [process.execPath, 'packages/tacho/bin/tacho.js', 'check', ...services, '--duration', '5', '--json'],
      { env: { TACHO_ADMIN_TOKEN: TOKEN } },
    );
    const { code } = await command.exited;
    const verdict = VERDICTS[code ?? -1];
    if (verdict === undefined) throw new Error(`tacho check ended with ${code}`);
    return verdict;
  });
}
