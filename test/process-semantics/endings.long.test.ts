import { afterEach, describe, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { ENDINGS, run, waiting } from './scenarios-run.ts';

afterEach(endAll);

describe('a process ends with tacho as it ends without', () => {
  it.each(ENDINGS)('that %s', async (scenario, expected) => {
    const [without, withTacho] = await Promise.all([run(scenario, false), run(scenario, true)]);
    expect(without).toEqual(expected);
    expect(withTacho).toEqual(expected);
  });

  it('by a SIGHUP that it does not listen for', async () => {
    const withTacho = await waiting('waits for a signal', true);
    expect(await withTacho.stop('SIGHUP', 10_000)).toEqual({ code: null, signal: 'SIGHUP' });
  });
});
