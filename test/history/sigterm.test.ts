import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { endAll } from '../processes.ts';
import { ADMIN_ENVIRONMENT, startService } from '../service.ts';
import { removeFolders, temporaryFolder } from '../temporary-folder.ts';

afterEach(endAll);
afterEach(removeFolders);

const HEALTHY_CEILING_MS = 2_500;
const LOCKED_CEILING_MS = 5_000;

it('SIGTERM under load: everything that ended before the signal is in the store', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  let answered = 0;
  for (let run = 0; run < 5; run++) {
    const { answeredBefore, exitMs } = await terminateUnderLoad(file);
    answered += answeredBefore;
    process.stdout.write(`ended ${exitMs.toFixed(0)} ms after SIGTERM\n`);
    expect(exitMs).toBeLessThan(HEALTHY_CEILING_MS);
  }
  await expectStored(file, answered);
});

it('SIGTERM while another process has the file locked: what could not be stored is, by whoever comes next', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  const { answeredBefore, exitMs } = await terminateUnderLoad(file, () => {
    const rival = new DatabaseSync(file);
    rival.exec('BEGIN EXCLUSIVE');
    return () => rival.close();
  });
  process.stdout.write(`ended ${exitMs.toFixed(0)} ms after SIGTERM, with the file locked\n`);
  expect(exitMs).toBeLessThan(LOCKED_CEILING_MS);
  await expectStored(file, answeredBefore);
});

/** @returns what was answered before the signal, and how long the process took to end after it */
async function terminateUnderLoad(
  file: string,
  beforeSignal: () => () => void = () => () => {},
): Promise<{ answeredBefore: number; exitMs: number }> {
  const service = await startService('test/services/users.ts', {
    env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: file },
  });
  // The store's file is there once the first answer has come out of it.
  await service.admin.summary();
  let answered = 0;
  let over = false;
  const loads = Array.from({ length: 4 }, async () => {
    const connection = await Connection.open(service.ports.http!);
    while (!over) {
      await connection.exchangeOne(request({ method: 'GET', target: '/users/7' }));
      answered++;
    }
  });
  const load = Promise.allSettled(loads);
  await new Promise((settle) => setTimeout(settle, 700));
  const undo = beforeSignal();
  const answeredBefore = answered;
  const signalledAt = performance.now();
  const exit = await service.child.stop();
  const exitMs = performance.now() - signalledAt;
  over = true;
  await load;
  undo();
  expect(exit).toEqual({ code: null, signal: 'SIGTERM' });
  expect(answeredBefore).toBeGreaterThan(0);
  return { answeredBefore, exitMs };
}

/** Waits until a process that comes next answers for so many; it may have to take over the lease first. */
async function expectStored(file: string, atLeast: number): Promise<void> {
  const service = await startService('test/services/users.ts', {
    env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: file },
  });
  await eventually(
    `${atLeast} stored requests`,
    async () => ((await service.admin.summary()).total_requests >= atLeast ? true : undefined),
    45_000,
  );
  await service.stop();
}
