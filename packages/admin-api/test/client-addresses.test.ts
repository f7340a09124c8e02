import { afterEach, describe, expect, it } from '@jest/globals';
import type { AdminApiOptions } from '../src/admin-api.ts';
import { type Served, serve, TOKEN } from './served.ts';

let served: Served;
afterEach(() => served.close());

const LIMITS = { requestsPerMinute: 100_000, failuresPerMinute: 3 };

async function open(options: Partial<AdminApiOptions>): Promise<void> {
  served = await serve({ rateLimit: LIMITS, ...options });
}

/** @param forwarded what `X-Forwarded-For` says */
async function ask(forwarded: string | undefined, token: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${token}`, ...(forwarded && { 'X-Forwarded-For': forwarded }) };
  return served.get('/summary', { headers });
}

/** As often as it takes to know whether it is looked at any more. */
async function fail(forwarded: string | undefined, times = 3): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < times; n++) statuses.push((await ask(forwarded, `wrong-${n}`)).status);
  return statuses;
}

const isAnswered = async (forwarded?: string): Promise<number> => (await ask(forwarded, TOKEN)).status;

describe('failed logins', () => {
  it('are counted by address: the next is not looked at, and neither is a good one', async () => {
    await open({ rateLimit: { failuresPerMinute: 10 } });
    expect(await fail(undefined, 11)).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const refused = await ask(undefined, TOKEN);
    expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'rate_limited' }]);
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(refused.headers.get('ratelimit-limit')).toBe('10');
    expect(refused.headers.get('ratelimit-remaining')).toBe('0');
    expect(refused.headers.get('ratelimit-policy')).toBe('10;w=60');
  });

  it('of a stranger who invents addresses are all one address', async () => {
    await open({});
    const statuses = new Set<number>();
    for (let n = 0; n < 200; n++) statuses.add((await ask(`10.0.${n}.1`, 'wrong')).status);
    expect([...statuses]).toEqual([401, 429]);
    expect(await isAnswered('10.9.9.9')).toBe(429);
  });
});

describe('behind a trusted proxy', () => {
  const trustedProxies = ['127.0.0.0/8', '10.0.0.0/8'];

  it('each client has its own count', async () => {
    await open({ trustedProxies });
    expect(await fail('203.0.113.7', 4)).toEqual([401, 401, 401, 429]);
    expect(await isAnswered('203.0.113.7')).toBe(429);
    expect(await isAnswered('203.0.113.8')).toBe(200);
  });

  it.each([
    [
      'the last that is no proxy counts, whatever was claimed before',
      '203.0.113.7',
      '198.51.100.1, 203.0.113.7',
      429,
    ],
    ['proxies behind proxies are passed over', '203.0.113.7', '203.0.113.7, 10.1.2.3', 429],
    ['IPv4 written as IPv6 is the same address', '203.0.113.7', '::ffff:203.0.113.7', 429],
    ['two IPv4 addresses written as IPv6 are two', '::ffff:203.0.113.7', '::ffff:203.0.113.8', 200],
    ['a /64 of IPv6 is one client', '2001:db8:1:2::1', '2001:db8:1:2:ffff::9', 429],
    ['another /64 is another', '2001:db8:1:2::1', '2001:db8:1:3::1', 200],
    ['a port does not matter', '203.0.113.7', '203.0.113.7:4711', 429],
    ['brackets and a port do not either', '2001:db8:1:2::1', '[2001:db8:1:2::2]:80', 429],
    ['what is no address is the proxy itself', 'unknown', 'nonsense', 429],
    ['nothing is the proxy itself', 'unknown', undefined, 429],
    ['a list of 10 KB that ends in an address', '203.0.113.7', `${'1.2.3.4, '.repeat(1100)}203.0.113.7`, 429],
    [
      'a list of 10 KB that ends in nonsense is the proxy itself',
      'unknown',
      `${'1.2.3.4, '.repeat(1100)}!`,
      429,
    ],
  ])('%s', async (_, failing, asking, status) => {
    await open({ trustedProxies });
    await fail(failing);
    expect(await isAnswered(asking)).toBe(status);
  });
});

it('an identity has a limit of its own, wherever it asks from, and is told how much is left', async () => {
  await open({ trustedProxies: ['127.0.0.1'], rateLimit: { requestsPerMinute: 5 } });
  const remaining: (string | null)[] = [];
  for (let n = 0; n < 5; n++)
    remaining.push((await ask(`203.0.113.${n}`, TOKEN)).headers.get('ratelimit-remaining'));
  expect(remaining).toEqual(['4', '3', '2', '1', '0']);
  const refused = await ask('203.0.113.99', TOKEN);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([
    429,
    expect.stringMatching(/^([1-9]|[1-5]\d|60)$/),
  ]);
});
