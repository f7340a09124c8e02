import { describe, expect, it } from '@jest/globals';
import { randomFrom, recordedPairs, type Tally, verdictsOf } from './verdicts.ts';

const RESAMPLES = 100;
const COMPARISONS = 20 * RESAMPLES;

describe('tacho check, of 2,000 comparisons drawn from pairs that were recorded on a busy machine', () => {
  it('fails at most 1 % where nothing has changed', () => {
    const tally = verdictsOf(recordedPairs().same, RESAMPLES, randomFrom(3));
    tell('same', tally);
    expect(tally.fail).toBeLessThanOrEqual(0.01 * COMPARISONS);
    expect(tally.pass).toBeGreaterThan(COMPARISONS / 2);
  });

  it('finds a tenth more to do in at least 95 %, and never passes it', () => {
    const tally = verdictsOf(recordedPairs().slower, RESAMPLES, randomFrom(3));
    tell('10 % slower', tally);
    expect(tally.fail).toBeGreaterThanOrEqual(0.95 * COMPARISONS);
    expect(tally.pass).toBe(0);
  });
});

function tell(what: string, { pass, fail, cannot_tell }: Tally): void {
  process.stdout.write(`recorded, ${what}: ${pass} pass, ${fail} fail, ${cannot_tell} can't be told\n`);
}
