import { join } from 'node:path';
import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { shareAFile } from './shared-file.ts';

afterEach(endAll);
afterEach(removeFolders);

it('400,000 requests to two processes and two worker threads are 400,000 on one file', async () => {
  await shareAFile(join(await temporaryFolder(), 'tacho.db'), 100_000);
}, 600_000);
