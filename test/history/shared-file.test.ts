import { join } from 'node:path';
import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { shareAFile } from './shared-file.ts';

afterEach(endAll);
afterEach(removeFolders);

it('two processes and two worker threads are exact on one file, and outlive each other', async () => {
  await shareAFile(join(await temporaryFolder(), 'tacho.db'), 1_000);
});
