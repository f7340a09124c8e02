import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { terminateAgainAndAgain } from './sigterm.ts';

afterEach(endAll);
afterEach(removeFolders);

it('SIGTERM under load, again and again: everything that ended before the signals is in the store', async () => {
  await terminateAgainAndAgain(20);
}, 300_000);
