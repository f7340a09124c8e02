import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, it } from '@jest/globals';
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
    expect(exitMs).toBeLessThan(HEALTHY_CEILING_MS);
  }
  expect(await storedIn(file)).toBeGreaterThanOrEqual(answered);
});

it('SIGTERM while another process has the file locked: what could not be stored is, by whoever comes next', async () => {
  const file = join(await temporaryFolder(), 'tacho.db');
  const { answeredBefore, exitMs } = await terminateUnderLoad(file, () => {
    const rival = new DatabaseSync(file);
    rival.exec('BEGIN EXCLUSIVE');
    return () => rival.close();
  });
  expect(exitMs).toBeLessThan(LOCKED_CEILING_MS);
  expect(await storedIn(file)).toBeGreaterThanOrEqual(answeredBefore);
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

/** As a process says that comes next. */
async function storedIn(file: string): Promise<number> {
  const service = await startService('test/services/users.ts', {
    env: { ...ADMIN_ENVIRONMENT, TACHO_STORE: file },
  });
  const giveUpAt = Date.now() + 20_000;
  let stored = 0;
  for (let unchanged = 0; unchanged < 3 && Date.now() < giveUpAt; ) {
    const { total_requests } = await service.admin.summary();
    unchanged = total_requests === stored ? unchanged + 1 : 0;
    stored = total_requests;
    await new Promise((settle) => setTimeout(settle, 300));
  }
  await service.stop();
  return stored;
}
