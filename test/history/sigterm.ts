import { join } from 'node:path';
import { expect } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { Connection } from '../load/connection.ts';
import { request } from '../load/request.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { startOn } from './stored-service.ts';

const HEALTHY_CEILING_MS = 2_500;

/** Ends processes on one file, one after the other: what ended before the signals is in the store. */
export async function terminateAgainAndAgain(runs: number): Promise<void> {
  const file = join(await temporaryFolder(), 'tacho.db');
  let answered = 0;
  for (let run = 0; run < runs; run++) {
    const { answeredBefore, exitMs } = await terminateUnderLoad(file);
    answered += answeredBefore;
    process.stdout.write(`ended ${exitMs.toFixed(0)} ms after SIGTERM\n`);
    expect(exitMs).toBeLessThan(HEALTHY_CEILING_MS);
  }
  await expectStored(file, answered);
}

/** @returns what was answered before the signal, and how long the process took to end after it */
export async function terminateUnderLoad(
  file: string,
  beforeSignal: () => () => void = () => () => {},
): Promise<{ answeredBefore: number; exitMs: number }> {
  const service = await startOn(file);
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
export async function expectStored(file: string, atLeast: number): Promise<void> {
  const service = await startOn(file);
  await eventually(
    `${atLeast} stored requests`,
    async () => ((await service.admin.summary()).total_requests >= atLeast ? true : undefined),
    45_000,
  );
  await service.stop();
}
