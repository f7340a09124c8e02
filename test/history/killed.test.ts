import { join } from 'node:path';
import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { folderInMemory, removeFolders } from '../temporary-folder.ts';
import { killUnderLoad } from './killed.ts';

afterEach(endAll);
afterEach(removeFolders);

it('of a service that is killed, what it answered a flush ago is there, and nothing twice', async () => {
  await killUnderLoad(join(await folderInMemory(), 'tacho.db'));
});
