import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';
import { expectStored, terminateAgainAndAgain, terminateUnderLoad } from './sigterm.ts';

afterEach(endAll);
afterEach(removeFolders);

const LOCKED_CEILING_MS = 5_000;

it('SIGTERM under load: everything that ended before the signal is in the store', async () => {
  await terminateAgainAndAgain(1);
});

it('SIGTERM while another process has the file locked: what could not be stored is, by whoever comes next', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  const { answeredBefore, exitMs } = await terminateUnderLoad(file, () => {
    const rival = new DatabaseSync(file, { timeout: 5_000 });
    rival.exec('BEGIN EXCLUSIVE');
    return () => rival.close();
  });
  process.stdout.write(`ended ${exitMs.toFixed(0)} ms after SIGTERM, with the file locked\n`);
  expect(exitMs).toBeLessThan(LOCKED_CEILING_MS);
  await expectStored(file, answeredBefore);
});
