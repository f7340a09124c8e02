import { describe, expect, it } from '@jest/globals';
import { randomFrom, recordedPairs, verdictsOf } from './verdicts.ts';

/** The long tier has ten times as many. */
const RESAMPLES = 10;

describe('tacho check, of builds that were recorded on a busy machine', () => {
  it('fails hardly any that is the same', () => {
    const tally = verdictsOf(recordedPairs().same, RESAMPLES, randomFrom(1));
    expect(tally.fail).toBeLessThanOrEqual(0.01 * 20 * RESAMPLES);
    expect(tally.pass).toBeGreaterThan(0);
  });

  it('fails nearly all that have a tenth more to do, and passes none', () => {
    const tally = verdictsOf(recordedPairs().slower, RESAMPLES, randomFrom(2));
    expect(tally.fail).toBeGreaterThanOrEqual(0.95 * 20 * RESAMPLES);
    expect(tally.pass).toBe(0);
  });
});
