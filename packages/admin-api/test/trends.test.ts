import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Summary, type Trends, validateTrends } from '@tacho/api-contract';
import { DAY_MS, EndpointStats, HOUR_MS, MINUTE_MS } from '@tacho/core';
import fc from 'fast-check';
import { aRequest, clock, NOW_MS, type Served, serve } from './served.ts';
import { Stored } from './stored.ts';

let stored: Stored;
let served: Served;
beforeEach(async () => {
  stored = new Stored();
  served = await serve({
    history: {
      window: (fromMs, toMs) => stored.history.window(fromMs, toMs),
      series: (query) => stored.history.series(query),
    },
    clock: { ...clock, now: () => stored.clock.now() },
  });
});
afterEach(() => served.close());

async function trends(query = ''): Promise<Trends> {
  const answer = await served.get(`/trends${query}`);
  const body = await answer.json();
  expect(validateTrends(body)).toEqual({ ok: true, value: body });
  return body as Trends;
}

async function blamed(query: string): Promise<unknown> {
  const answer = await served.get(`/trends${query}`);
  expect(answer.status).toBe(400);
  return answer.json();
}

function minutesAgo(minutes: number, route = '/'): ReturnType<typeof aRequest> {
  return aRequest({ startMs: NOW_MS - minutes * MINUTE_MS, route });
}

describe('the step', () => {
  it.each([
    ['?hours=1', '1m', 61],
    ['?hours=2', '1m', 121],
    ['?hours=3', '2m', 91],
    ['?hours=6', '3m', 121],
    ['', '15m', 97],
    ['?hours=168', '2h', 85],
    ['?hours=720', '6h', 121],
    ['?from=2025-07-19&to=2025-07-19T00:01Z', '1m', 1],
    ['?from=2024-07-19', '4d', 93],
    ['?hours=24&step=1h', '1h', 25],
    ['?hours=24&step=60m', '1h', 25],
    ['?hours=24&step=1d', '1d', 2],
    ['?hours=1&step=7m', '7m', 10],
  ])('of %s is %s, which makes %d points', async (query, step, length) => {
    const answer = await trends(query);
    expect([answer.step, answer.points.length]).toEqual([step, length]);
  });

  it('is longer than asked for where what is stored is coarser by now', async () => {
    await stored.add([minutesAgo(59), minutesAgo(58)]);
    stored.clock.nowMs += 3 * HOUR_MS;
    await stored.add([minutesAgo(0)]);
    const answer = await trends('?hours=6&step=5m&compare=previous');
    expect(answer).toMatchObject({ step: '1h', resolution: 'hour', total: { requests: 3 } });
    expect(answer.points.filter(({ requests }) => requests > 0)).toMatchObject([
      { timestamp: '2025-07-19T00:00:00.000000Z', requests: 2 },
      { timestamp: '2025-07-19T01:00:00.000000Z', requests: 1 },
    ]);
    expect((await served.get('/trends?hours=6')).headers.get('tacho-resolution')).toBe('hour');
  });

  it.each([
    ['?hours=720&step=1m', '1m'],
    ['?from=0&step=1d', '1d'],
    ['?from=2025-07-19&to=9999-12-31&step=30d', '30d'],
    ['?hours=1&compare=0/2025-07-19', '1m'],
  ])('is not so short that there are more than 10,000 points: %s', async (query, step) => {
    expect(await blamed(query)).toMatchObject({
      code: 'invalid_parameter',
      parameter: 'step',
      detail: `The parameter "step" must be such that there are at most 10000 points, not "${step}".`,
    });
  });

  it('may make 10,000 points', async () => {
    const query = `?from=${NOW_MS - 10_000 * MINUTE_MS - (NOW_MS % MINUTE_MS)}&to=${NOW_MS - (NOW_MS % MINUTE_MS)}`;
    expect((await trends(`${query}&step=1m`)).points).toHaveLength(10_000);
  });

  it('is to blame as well where the clock was set back and too much was measured since', async () => {
    await served.close();
    const steps = Array.from({ length: 10_001 }, (_, n) => ({
      startMs: NOW_MS + n * MINUTE_MS - (NOW_MS % MINUTE_MS),
      stats: new EndpointStats(),
    }));
    const series: typeof stored.history.series = async (query) => ({
      ...(await stored.history.series(query)),
      steps,
    });
    served = await serve({ history: { window: stored.history.window, series } });
    expect(await blamed('?hours=1&step=1m')).toMatchObject({ parameter: 'step' });
  });
});

describe('trends', () => {
  it('are of one endpoint or of all', async () => {
    await stored.add([minutesAgo(10, '/a'), minutesAgo(10, '/b'), minutesAgo(5, '/b')]);
    expect(await trends()).toMatchObject({ endpoint: null, total: { requests: 3 } });
    expect(await trends('?endpoint=GET%20/b')).toMatchObject({ endpoint: 'GET /b', total: { requests: 2 } });
    expect(await trends('?endpoint=GET%20%2Fa')).toMatchObject({
      endpoint: 'GET /a',
      total: { requests: 1 },
    });
  });

  it('are of the endpoint, and not of nothing, where its space is written as a plus', async () => {
    await stored.add([minutesAgo(10, '/a+b'), minutesAgo(5, '/b')]);
    const query = new URLSearchParams({ endpoint: 'GET /a+b' });
    expect(await trends(`?${query}`)).toMatchObject({ endpoint: 'GET /a+b', total: { requests: 1 } });
  });

  it.each(['GET%20/never', 'nothing', '%00', 'GET%20__proto__', `GET%20/${'a'.repeat(9000)}`])(
    'are of nothing at an endpoint that was never asked: %s',
    async (endpoint) => {
      await stored.add([minutesAgo(10)]);
      expect(await trends(`?endpoint=${endpoint}`)).toMatchObject({
        endpoint: decodeURIComponent(endpoint),
        total: { requests: 0, p95: null },
      });
    },
  );

  it('are of one metric, or of all', async () => {
    await stored.add([minutesAgo(10)]);
    expect((await trends('?metric=p95')).total).toEqual({ requests: 1, p95: 0.1 });
    expect(Object.keys((await trends()).total)).toHaveLength(13);
  });

  it('say what they cover, in the body as in the headers', async () => {
    const answer = await served.get('/trends?from=2025-07-19T00:00:30Z&to=2025-07-19T01:00:30Z&step=5m');
    expect(await answer.json()).toMatchObject({
      from: '2025-07-19T00:00:00.000000Z',
      to: '2025-07-19T01:01:00.000000Z',
      resolution: 'minute',
      partial: false,
    });
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'tacho-from': '2025-07-19T00:00:00.000000Z',
      'tacho-to': '2025-07-19T01:01:00.000000Z',
      'tacho-resolution': 'minute',
    });
  });

  it('have the same total as the summary of the range, whatever the step', async () => {
    const anyTimes = fc.array(fc.integer({ min: -30, max: 3 * 24 * 60 }), { maxLength: 40 });
    const anyRange = fc.oneof(
      fc.integer({ min: 1, max: 80 }).map((hours) => `hours=${hours}`),
      fc
        .tuple(fc.nat(3 * DAY_MS), fc.integer({ min: 1, max: DAY_MS }))
        .map(([backMs, lengthMs]) => `from=${NOW_MS - backMs}&to=${NOW_MS - backMs + lengthMs}`),
    );
    const anyStep = fc.constantFrom('', '&step=1m', '&step=7m', '&step=1h', '&step=5h', '&step=1d');
    await fc.assert(
      fc.asyncProperty(anyTimes, anyRange, anyStep, async (times, range, step) => {
        stored = new Stored();
        await stored.add(
          times.map((minutes) => ({ ...minutesAgo(minutes), durationMs: 20 + Math.abs(minutes) })),
        );
        const { total, points } = await trends(`?${range}${step}`);
        const summary = (await (await served.get(`/summary?${range}`)).json()) as Summary;
        expect(total.requests).toBe(summary.total_requests);
        expect(total.p95).toBe(summary.p95);
        expect(points.reduce((sum, point) => sum + point.requests, 0)).toBe(total.requests);
      }),
      { numRuns: 50 },
    );
  });
});

describe('compared with what was before', () => {
  it('are as many points, at the same phases of a step', async () => {
    await stored.add([minutesAgo(30), minutesAgo(90), minutesAgo(91)]);
    const { from, points, total, comparison } = await trends('?hours=1&step=5m&compare=previous');
    expect(total.requests).toBe(1);
    expect(comparison).toMatchObject({
      total: { requests: 2 },
      change: { requests: -50, p95: 0, errors: null },
    });
    expect(comparison?.points).toHaveLength(points.length);
    expect(Date.parse(comparison?.to ?? '')).toBeLessThanOrEqual(Date.parse(from));
    const backMs =
      Date.parse(points[0]?.timestamp ?? '') - Date.parse(comparison?.points[0]?.timestamp ?? '');
    expect(backMs % (5 * MINUTE_MS)).toBe(0);
    expect(backMs).toBe(60 * MINUTE_MS);
  });

  it('may be compared with any interval', async () => {
    await stored.add([minutesAgo(0), minutesAgo(25 * 60)]);
    const compare = '2025-07-18T00:00:00Z/2025-07-18T01:00:00Z';
    expect((await trends(`?hours=1&compare=${compare}`)).comparison).toMatchObject({
      from: '2025-07-18T00:00:00.000000Z',
      to: '2025-07-18T01:00:00.000000Z',
      total: { requests: 1 },
    });
  });

  it.each(['?from=0&to=60000', '?from=0&step=30d', '?from=2030-01-01', '?from=2030-01-01&to=2030-01-02'])(
    'are compared all the same: %s',
    async (query) => {
      const { from, comparison } = await trends(`${query}&compare=previous`);
      expect(Date.parse(comparison?.from ?? '')).toBeLessThanOrEqual(Date.parse(from));
    },
  );
});
