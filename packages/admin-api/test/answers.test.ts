import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  validateEndpoints,
  validateHealth,
  validateSlowRequests,
  validateSummary,
  validateSystemMetrics,
  validateTrends,
} from '@tacho/api-contract';
import { emptyWindow, historyOf, type Served, STRICT, serve, TOKEN } from './served.ts';

const answers = [
  ['/summary', validateSummary],
  ['/endpoints', validateEndpoints],
  ['/endpoints/POST%20/api/auth/login', validateEndpoints],
  ['/slow-requests', validateSlowRequests],
  ['/slow-requests?limit=5', validateSlowRequests],
  ['/system-metrics', validateSystemMetrics],
  ['/system-metrics?hours=24', validateSystemMetrics],
  ['/summary?compare=previous', validateSummary],
  ['/trends', validateTrends],
  ['/trends?metric=p95&step=1h&compare=previous', validateTrends],
  ['/health', validateHealth],
] as const;

/** Of the last 24 hours. */
const COVERAGE = { 'tacho-from': '2025-07-18T01:42:00.000000Z', 'tacho-resolution': 'minute' };

let served: Served;
let idle: Served;
beforeAll(async () => {
  served = await serve();
  idle = await serve({ history: historyOf(emptyWindow()) });
});
afterAll(() => Promise.all([served.close(), idle.close()]));

describe.each(answers)('%s', (path, validate) => {
  it('is what the contract says, and no more', async () => {
    const body = await (await served.get(path)).json();
    expect(validate(body)).toEqual({ ok: true, value: body });
  });

  it('is JSON for one reader, and says nothing of the server', async () => {
    const { status, headers } = await served.get(path, {
      headers: { Authorization: `Bearer ${TOKEN}`, 'Accept-Encoding': 'identity' },
    });
    expect(status).toBe(200);
    const { link: _, 'tacho-next-cursor': __, ...always } = Object.fromEntries(headers);
    expect(always).toEqual({
      ...STRICT,
      'content-length': expect.any(String),
      etag: expect.stringMatching(/^"[\w-]{22}"$/),
      vary: 'Accept-Encoding',
      'content-type': 'application/json; charset=utf-8',
      connection: 'keep-alive',
      date: expect.any(String),
      'keep-alive': 'timeout=5',
      ...(path === '/health' ? {} : COVERAGE),
    });
  });
});

describe('before anything was measured', () => {
  it.each([
    ['/endpoints', {}],
    ['/slow-requests', []],
    ['/system-metrics', []],
  ])('%s is empty', async (path, empty) => {
    expect(await (await idle.get(path)).json()).toEqual(empty);
  });

  it('the summary keeps the contract', async () => {
    const body = await (await idle.get('/summary')).json();
    expect(validateSummary(body)).toEqual({ ok: true, value: body });
    expect(body).toMatchObject({ total_requests: 0, system_health: 'unknown' });
  });
});

describe('the summary', () => {
  it('is of the time asked for', async () => {
    expect(await (await served.get('/summary')).json()).toMatchObject({
      total_requests: 35,
      slow_requests: 30,
      system_health: 'healthy',
      not_measured: { 'excluded /healthz': 4 },
      to: '2025-07-19T01:42:25.123000Z',
    });
  });

  it('judges health by the thresholds given', async () => {
    const strict = await serve({
      thresholds: {
        cpuWarning: 1,
        cpuCritical: 2,
        memoryWarning: 1,
        memoryCritical: 100,
        diskWarning: 1,
        diskCritical: 100,
      },
    });
    expect(await (await strict.get('/summary')).json()).toMatchObject({ system_health: 'critical' });
    await strict.close();
  });
});
