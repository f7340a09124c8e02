import { afterEach, it } from '@jest/globals';
import { endAll } from '../../processes.ts';
import { removeFolders } from '../../temporary-folder.ts';
import { CANARIES } from './canaries.ts';
import { expectNothingComesOut } from './nothing-comes-out.ts';

afterEach(endAll);
afterEach(removeFolders);

/** There are at least as many of each kind. The long tier has them all. */
const EVERY = 4;

it('no canary that a request brings comes out again, some of each kind', async () => {
  await expectNothingComesOut(CANARIES.filter((_, n) => n % EVERY === 0));
});
