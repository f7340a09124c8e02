import { join } from 'node:path';
import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { folderInMemory, removeFolders } from '../temporary-folder.ts';
import { killUnderLoad, type Tally } from './killed.ts';

afterEach(endAll);
afterEach(removeFolders);

const KILLS = 10;

it('of a service that is killed again and again on one file, nothing that was stored is ever missing', async () => {
  const file = join(await folderInMemory(), 'tacho.db');
  let tally: Tally | undefined;
  for (let kill = 0; kill < KILLS; kill++) tally = await killUnderLoad(file, tally);
}, 600_000);
