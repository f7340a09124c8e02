import { afterAll, expect, it, jest } from '@jest/globals';
import { endAll } from '../processes.ts';
import { removeFolders } from '../temporary-folder.ts';
import { complaints, pointsOf, runFaults } from './run-faults.ts';

const LIMIT_MS = 900_000;
jest.setTimeout(LIMIT_MS);

afterAll(async () => {
  await endAll();
  await removeFolders();
});

it('a service answers the same, and lives, whichever call of tacho fails', async () => {
  const outcome = await runFaults({ settings: { options: {} }, every: 1 }, LIMIT_MS);
  console.log(pointsOf(outcome));
  expect(complaints(outcome)).toEqual([]);
  expect(new Set(outcome.tried.map(({ at, callee }) => `${at} ${callee}`)).size).toBeGreaterThan(200);
});

it.each([
  ['OpenTelemetry’s own instrumentation', { http: 'standard' }],
  ['nothing, in memory and to stderr', { traces: 'off', store: 'memory', backup: false, logger: undefined }],
])('the same where requests are traced by %s', async (_by, options) => {
  const outcome = await runFaults({ settings: { options }, every: 3 }, LIMIT_MS);
  console.log(pointsOf(outcome));
  expect(complaints(outcome)).toEqual([]);
});
