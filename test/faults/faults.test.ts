import { afterAll, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { complaints, pointsOf, runFaults } from './run-faults.ts';

afterAll(async () => {
  await endAll();
  await removeFolders();
});

it('a service answers the same, and lives, whichever call of tacho fails: some of them', async () => {
  const outcome = await runFaults({ settings: { options: {} }, every: 25, from: 0 }, 100_000);
  console.log(pointsOf(outcome));
  expect(complaints(outcome)).toEqual([]);
  expect(outcome.tried.length).toBeGreaterThanOrEqual(20);
});
