import { afterAll, describe, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { expectJoined, SDKS, WAYS, type Way } from './joined.ts';

afterAll(endAll);

const ROUNDS = 20;

describe.each(Object.entries(SDKS))('an application with an SDK %s of its own', (_version, program) => {
  it('exports the same spans with tacho as without, in each way, and is counted', async () => {
    await expectJoined(program, Object.keys(WAYS) as Way[], ROUNDS);
  });
});
