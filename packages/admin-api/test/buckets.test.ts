import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Endpoints, MAX_ENDPOINTS_WITH_BUCKETS } from '@tacho/api-contract';
import { aRequest, emptyWindow, historyOf, type Served, serve } from './served.ts';

const DURATIONS_MS = [0.02, 1, 1, 1, 7.5, 7.5, 250, 3000];

let served: Served;
beforeAll(async () => {
  const window = emptyWindow();
  for (const durationMs of DURATIONS_MS) window.record(aRequest({ route: '/busiest', durationMs }));
  for (let id = 0; id < MAX_ENDPOINTS_WITH_BUCKETS + 5; id++)
    window.record(aRequest({ route: `/route-${id}` }));
  served = await serve({ history: historyOf(window) });
});
afterAll(() => served.close());

async function endpointsAt(query: string): Promise<Endpoints> {
  const answer = await served.get(`/endpoints${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Endpoints;
}

describe('the distribution of an endpoint', () => {
  it('is not told unless it is asked for', async () => {
    for (const query of ['', '?buckets=false']) {
      const endpoints = Object.values(await endpointsAt(query));
      expect(endpoints.filter((endpoint) => 'buckets' in endpoint)).toEqual([]);
    }
  });

  it('has every completed request once, within the bound of the sketch, the shortest first', async () => {
    const buckets = (await endpointsAt('?buckets=true&limit=1'))['GET /busiest']?.buckets ?? [];
    const times = buckets.flatMap(([time, count]) => Array<number>(count).fill(time * 1000));
    expect(buckets).toHaveLength(new Set(DURATIONS_MS).size);
    expect(times).toHaveLength(DURATIONS_MS.length);
    for (const [index, time] of times.entries()) {
      expect(Math.abs(time / DURATIONS_MS[index]! - 1)).toBeLessThan(0.0079);
    }
  });

  it(`is told of the first ${MAX_ENDPOINTS_WITH_BUCKETS} endpoints listed`, async () => {
    const endpoints = Object.values(await endpointsAt('?buckets=true'));
    expect(endpoints.map((endpoint) => 'buckets' in endpoint).indexOf(false)).toBe(
      MAX_ENDPOINTS_WITH_BUCKETS,
    );
  });

  it.each(['yes', '', '1', 'TRUE'])('is asked for with true or false, not with %j', async (value) => {
    const answer = await served.get(`/endpoints?buckets=${value}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ parameter: 'buckets' });
  });
});
