import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { eventually } from '../eventually.ts';
import { SteadyLoad } from './steady-load.ts';
import { startOn, totalRequests } from './stored-service.ts';

/** A window is stored within a second of each whole ten; the rest is for a busy machine. */
const STORED_WITHIN_MS = 12_000;

/** What a client knows of the runs of a service up to now. */
export interface Tally {
  /** Answered so long before the process was killed that it has to be in the store. */
  due: number;
  sent: number;
}

/** Kills a service under load at a random instant, starts it again, and asks what it knows. */
export async function killUnderLoad(file: string, before: Tally = { due: 0, sent: 0 }): Promise<Tally> {
  const service = await startOn(file);
  const load = SteadyLoad.start(service.ports.http!);
  const runMs = STORED_WITHIN_MS + 1_000 + Math.random() * 9_000;
  await pause(runMs);
  const killedAt = performance.now();
  await service.child.stop('SIGKILL');
  await load.stop();

  const startedAt = performance.now();
  const next = await startOn(file);
  const stored = await eventually('an answer out of the store', async () => {
    const total = await totalRequests(next.admin);
    return total > 0 ? total : undefined;
  });
  const recoveryMs = performance.now() - startedAt;
  await next.child.stop('SIGKILL');

  const tally = {
    due: before.due + load.answeredBefore(killedAt - STORED_WITHIN_MS),
    sent: before.sent + load.sent,
  };
  process.stdout.write(
    `killed after ${(runMs / 1000).toFixed(1)} s: ${stored} stored of ${tally.sent} sent, ${tally.due} due; ` +
      `answers again ${recoveryMs.toFixed(0)} ms after its start\n`,
  );
  expect(load.answeredBefore(killedAt - STORED_WITHIN_MS)).toBeGreaterThan(0);
  expect(stored).toBeGreaterThanOrEqual(tally.due);
  expect(stored).toBeLessThanOrEqual(tally.sent);
  return { due: stored, sent: stored };
}
