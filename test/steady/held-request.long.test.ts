import { afterEach, describe, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { ALL, expectNothingHeld } from './holding.ts';

afterEach(endAll);

describe('a request is collected though its handler has kept', () => {
  it.each(ALL)('its %s', async (kept) => {
    await expectNothingHeld([kept]);
  });
});
