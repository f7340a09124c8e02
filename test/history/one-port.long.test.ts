import { join } from 'node:path';
import { afterEach, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { shareAPort } from './one-port.ts';

afterEach(endAll);
afterEach(removeFolders);

it('a process with threads and a cluster of four answer for all on one port, round after round', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  await shareAPort(file, { workers: 4, rounds: 6, requests: 5_000 });
}, 300_000);
