import { expect, it } from '@jest/globals';
import { Campaign } from './requests/campaign.ts';

const REQUESTS = 10_000;
/** Generous: other tests have the machine at the same time. */
const MAX_MS = 5_000;

it('any request is answered as the description says, in time, and never with a 5xx but busy', async () => {
  const campaign = await Campaign.begin({ maxMs: MAX_MS, seed: Date.now() % 1e9 });
  try {
    await campaign.send(REQUESTS);
  } finally {
    await campaign.end();
  }
  const { answers, slowestMs, statuses } = campaign;
  console.log(`${answers} answers, the slowest after ${Math.round(slowestMs)} ms`, statuses);
  // The requests were such that each kind of answer was among theirs.
  expect(Object.keys(statuses).map(Number)).toEqual(
    expect.arrayContaining([200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 410, 413, 415, 421, 429, 431]),
  );
  expect(answers).toBeGreaterThan(0.95 * REQUESTS);
});
