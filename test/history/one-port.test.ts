import { join } from 'node:path';
import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { shareAPort } from './one-port.ts';

afterEach(endAll);
afterEach(removeFolders);

it('a process with threads and a cluster answer for all on one port, whoever is killed', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  await shareAPort(file, { workers: 2, rounds: 1, requests: 100 });
});
