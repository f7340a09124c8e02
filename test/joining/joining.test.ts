import { afterAll, describe, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { expectJoined, SDKS, type Way } from './joined.ts';

afterAll(endAll);

const ROUNDS = 5;

/** The long tier has all ways with each. */
const TRIED: readonly (readonly [keyof typeof SDKS, readonly Way[]])[] = [
  ['2.x', ['before', 'after']],
  ['3.x', ['registered']],
];

describe.each(TRIED)('an application with an SDK %s of its own', (version, ways) => {
  it('exports the same spans with tacho as without, whichever comes first, and is counted', async () => {
    await expectJoined(SDKS[version], ways, ROUNDS);
  });
});
