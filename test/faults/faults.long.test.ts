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
  const parts = [0, 1, 2].map((from) => runFaults({ settings: { options: {} }, every: 3, from }, LIMIT_MS));
  const outcomes = await Promise.all(parts);
  for (const outcome of outcomes) console.log(pointsOf(outcome));
  expect(outcomes.flatMap(complaints)).toEqual([]);
  const places = outcomes.flatMap(({ tried }) => tried.map(({ at, callee }) => `${at} ${callee}`));
  expect(new Set(places).size).toBeGreaterThan(300);
});

it.each([
  ['OpenTelemetry’s own instrumentation', { http: 'standard' }],
  ['nothing, in memory and to stderr', { traces: 'off', store: 'memory', backup: false, logger: undefined }],
])('the same where requests are traced by %s', async (_by, options) => {
  const outcome = await runFaults({ settings: { options }, every: 3, from: 0 }, LIMIT_MS);
  console.log(pointsOf(outcome));
  expect(complaints(outcome)).toEqual([]);
});
