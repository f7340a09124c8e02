import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { validateProblem } from '@tacho/api-contract';
import { historyOf, NOW_MS, type Served, serve, someTraffic } from './served.ts';

let served: Served;
let asked: { fromMs: number; toMs: number } | undefined;

beforeAll(async () => {
  const history = historyOf(someTraffic());
  served = await serve({
    history: {
      window: (fromMs, toMs) => {
        asked = { fromMs, toMs };
        return history.window(fromMs, toMs);
      },
      series: (query) => {
        asked = { fromMs: query.fromMs, toMs: query.toMs };
        return history.series(query);
      },
    },
  });
});
afterAll(() => served.close());

async function problemOf(path: string): Promise<Record<string, unknown>> {
  const answer = await served.get(path);
  const body = await answer.json();
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(validateProblem(body)).toEqual({ ok: true, value: body });
  return body as Record<string, unknown>;
}

const JULY_19_MS = Date.UTC(2025, 6, 19);
const paths = [
  '/summary',
  '/endpoints',
  '/endpoints/GET%20/',
  '/slow-requests',
  '/system-metrics',
  '/trends',
];

describe.each(paths)('%s', (path) => {
  it.each<[query: string, hours: number]>([
    ['', 24],
    ['?', 24],
    ['?&', 24],
    ['?hours=1', 1],
    ['?hours=720', 720],
    ['?hours=%32%34', 24],
    ['?%68ours=2&', 2],
  ])('%s covers the hours asked for', async (query, hours) => {
    expect((await served.get(`${path}${query}`)).status).toBe(200);
    expect(asked).toEqual({ fromMs: NOW_MS - hours * 3_600_000, toMs: Number.POSITIVE_INFINITY });
  });

  it.each<[query: string, fromMs: number, toMs: number]>([
    ['?from=2025-07-19', JULY_19_MS, Number.POSITIVE_INFINITY],
    ['?to=2025-07-19', JULY_19_MS - 24 * 3_600_000, JULY_19_MS],
    ['?from=2025-07-18&to=2025-07-19T00:00Z', JULY_19_MS - 24 * 3_600_000, JULY_19_MS],
    ['?from=2025-07-19T02:00+02:00&to=2025-07-19T01:00:00.5Z', JULY_19_MS, JULY_19_MS + 3_600_500],
    [`?from=${JULY_19_MS}&to=${NOW_MS}`, JULY_19_MS, NOW_MS],
    ['?from=2025-07-19T00%3A00%2B00%3A00', JULY_19_MS, Number.POSITIVE_INFINITY],
    ['?from=2030-01-01', Date.UTC(2030, 0), Number.POSITIVE_INFINITY],
    ['?to=1970-01-01T01:00Z', 0, 3_600_000],
  ])('%s covers the range asked for', async (query, fromMs, toMs) => {
    const { status } = await served.get(`${path}${query}`);
    // Nothing was measured at an endpoint in some of them.
    expect([200, 404]).toContain(status);
    expect(asked).toEqual({ fromMs, toMs });
  });

  it.each([
    ['from', 'from=abc'],
    ['from', 'from='],
    ['from', 'from=-1'],
    ['from', 'from=1e30'],
    ['from', 'from=NaN'],
    ['from', 'from=2025-07-19T00:00'],
    ['from', 'from=2025-02-30'],
    ['to', 'to=2025-07-19T00:00%2000:00'],
    ['to', 'from=2025-07-18&to=9999999999999999'],
    ['from', 'from=2025-07-19&to=2025-07-19'],
    ['from', 'from=2025-07-19&to=2025-07-18'],
    ['hours', 'hours=3&from=2025-07-19'],
    ['hours', 'hours=3&to=2025-07-19'],
  ])('blames %s of %s', async (parameter, query) => {
    expect(await problemOf(`${path}?${query}`)).toMatchObject({ code: 'invalid_parameter', parameter });
  });

  it('says which forms a time has', async () => {
    expect(await problemOf(`${path}?from=abc`)).toMatchObject({
      detail:
        'The parameter "from" must be a time in ISO 8601 with Z or an offset (2025-07-19T01:42:25Z, ' +
        '2025-07-19T03:42+02:00), a date (its UTC midnight), or epoch milliseconds; from 1970 to 9999, not "abc".',
    });
  });

  it.each(['0', '721', '0x10', '1e3', '%205%20', '+5', '5+', '', '%D9%A3', '-1', '1.0', '9'.repeat(400)])(
    'takes no hours=%s',
    async (hours) => {
      expect(await problemOf(`${path}?hours=${hours}`)).toMatchObject({
        code: 'invalid_parameter',
        parameter: 'hours',
        detail: expect.stringMatching(/^The parameter "hours" must be a whole number from 1 to 720, not "/),
      });
    },
  );

  it('takes no parameter that it does not know', async () => {
    for (const name of [
      'hour',
      'Hours',
      'a[b]',
      '__proto__',
      'constructor',
      'toString',
      'hours[]',
      '\0',
      '"',
    ]) {
      expect(await problemOf(`${path}?${encodeURIComponent(name)}=3`)).toMatchObject({
        code: 'unknown_parameter',
        parameter: name,
        detail: expect.stringContaining(JSON.stringify(name)),
      });
    }
    expect(await problemOf(`${path}?a[b]=1`)).toMatchObject({ parameter: 'a[b]' });
    expect(await problemOf(`${path}?=1`)).toMatchObject({ code: 'unknown_parameter', parameter: '' });
  });

  it('takes no parameter twice', async () => {
    for (const query of ['hours=1&hours=2', 'hours=1&hours=1', 'hours=1&%68ours=1', 'hours&hours']) {
      expect(await problemOf(`${path}?${query}`)).toMatchObject({
        code: 'repeated_parameter',
        parameter: 'hours',
      });
    }
  });

  it('takes no query whose encoding is malformed', async () => {
    for (const query of [
      'hours=%',
      'hours=%2',
      'hours=%ZZ',
      '%E0%A4%A=1',
      'hours=%C0%AF',
      'hours=%ED%A0%80',
    ]) {
      expect(await problemOf(`${path}?${query}`)).toMatchObject({ code: 'malformed_request' });
    }
  });

  it('takes not thousands of parameters', async () => {
    const query = Array.from({ length: 1500 }, (_, index) => `p${index}=1`).join('&');
    expect(await problemOf(`${path}?${query}`)).toMatchObject({ parameter: 'p0' });
    const repeated = Array(1500).fill('hours=1').join('&');
    expect(await problemOf(`${path}?${repeated}`)).toMatchObject({ parameter: 'hours' });
  });

  it('shows no more than the beginning of a long name and a long value', async () => {
    const long = await problemOf(`${path}?${'n'.repeat(9000)}=1`);
    expect(long.parameter).toBe(`${'n'.repeat(63)}…`);
    expect(JSON.stringify(long).length).toBeLessThan(500);
    expect(JSON.stringify(await problemOf(`${path}?hours=${'5'.repeat(9000)}`)).length).toBeLessThan(500);
  });
});

describe('limit', () => {
  it.each([
    ['', 20],
    ['?limit=1', 1],
    ['?limit=25&hours=3', 25],
    ['?limit=1000', 30],
  ])('%s lists %d of the 30 slow requests', async (query, length) => {
    expect(await (await served.get(`/slow-requests${query}`)).json()).toHaveLength(length);
  });

  it.each(['0', '1001', 'abc', '-1', '1e9'])('is not %s', async (limit) => {
    expect(await problemOf(`/slow-requests?limit=${limit}`)).toMatchObject({
      parameter: 'limit',
      detail: `The parameter "limit" must be a whole number from 1 to 1000, not "${limit}".`,
    });
  });

  it.each(paths.filter((path) => !['/slow-requests', '/endpoints'].includes(path)))(
    'is unknown to %s',
    async (path) => {
      expect(await problemOf(`${path}?limit=5`)).toMatchObject({
        code: 'unknown_parameter',
        parameter: 'limit',
        detail: expect.stringMatching(/^There is no parameter "limit" here; there is hours, from(,| and) to/),
      });
    },
  );
});

describe('health', () => {
  it.each(['hours=3', 'from=2025-07-19', 'x'])('takes no parameter: %s', async (query) => {
    expect(await problemOf(`/health?${query}`)).toMatchObject({
      code: 'unknown_parameter',
      detail: expect.stringMatching(/ here; there is none\.$/),
    });
  });
});
