import { HOUR_MS, MINUTE_MS } from '@tacho/core';
import type { Cause } from '../../src/reading.ts';
import type { Disturbance, Replayed } from './disturbance.ts';

export interface Scenario {
  readonly name: string;
  readonly disturbance: Disturbance;
  readonly lastsMs: number;
  /** What is to be named first; undefined where nothing carries most of it. */
  readonly cause: Pick<Cause, 'dimension' | 'value'> | undefined;
  /** A rule that has to be among those that are told. */
  readonly rule?: string;
  /** Hours of the day in which it begins, if not by day. */
  readonly hours?: readonly [from: number, to: number];
  readonly isWatchedByAnother?: boolean;
}

const HALF_HOUR_MS = 30 * MINUTE_MS;

export const SCENARIOS: readonly Scenario[] = [
  scenario('a total outage', { request: failing(() => true, 1, 503) }, { dimension: 'status', value: '503' }),
  scenario(
    'one endpoint fails',
    { request: failing(isAt('POST /api/orders'), 0.6) },
    endpoint('POST /api/orders'),
  ),
  scenario(
    'a new version is slow',
    {
      version: '2.0.0',
      request: onVersion(
        '2.0.0',
        slower(() => true, 2.2),
      ),
    },
    { dimension: 'version', value: '2.0.0' },
  ),
  scenario(
    'a new version fails on one route',
    { version: '2.0.0', request: onVersion('2.0.0', failing(isAt('GET /api/search'), 0.4)) },
    { dimension: 'version', value: '2.0.0' },
  ),
  scenario(
    'one host is bad',
    { request: failing(({ host }) => host === 'app-2', 0.5) },
    { dimension: 'host', value: 'app-2' },
  ),
  scenario(
    'a user hammers on an endpoint and is refused',
    { extra: { perMinute: 300, request: refused } },
    { dimension: 'user', value: 'user-119' },
  ),
  scenario(
    'an upstream is not available to half of the endpoints',
    {
      request: failing(
        isAt('GET /api/products', 'GET /api/cart', 'POST /api/orders', 'GET /api/search'),
        0.35,
        503,
      ),
    },
    { dimension: 'status', value: '503' },
  ),
  scenario(
    'the database is slow',
    { request: slower(({ route }) => route.startsWith('/api'), 3) },
    undefined,
  ),
  {
    ...scenario(
      'a latency leaks',
      { request: leaking(isAt('GET /api/search')) },
      endpoint('GET /api/search'),
    ),
    lastsMs: 4 * HOUR_MS,
  },
  {
    ...scenario(
      'the processors are busy',
      { sample: (sample) => ({ ...sample, cpuPercent: 97 }) },
      undefined,
    ),
    rule: 'cpu',
  },
  {
    ...scenario(
      'the disk fills',
      {
        sample: (sample, sinceMs) => ({
          ...sample,
          diskPercent: Math.min(99, 85 + (20 * sinceMs) / HOUR_MS),
        }),
      },
      undefined,
    ),
    rule: 'disk',
    lastsMs: HOUR_MS,
  },
  {
    ...scenario('memory runs out', { sample: (sample) => ({ ...sample, memoryPercent: 94 }) }, undefined),
    rule: 'memory',
  },
  scenario('some requests take six seconds', { request: slowOnes }, endpoint('GET /api/products')),
  scenario('errors come and go', { request: flapping }, endpoint('GET /api/cart')),
  {
    ...scenario(
      'errors in a quiet night',
      { request: failing(isAt('GET /api/products'), 0.5) },
      endpoint('GET /api/products'),
    ),
    hours: [1, 5],
  },
  scenario(
    'nobody is let in',
    { request: failing(({ user }) => user !== undefined, 0.7, 401) },
    { dimension: 'status', value: '401' },
  ),
  scenario('it spreads from one route to others', { request: spreading }, endpoint('GET /api/search')),
  {
    ...scenario(
      'the process that evaluates is restarted',
      { request: failing(isAt('PUT /api/profile'), 0.7) },
      endpoint('PUT /api/profile'),
    ),
    isWatchedByAnother: true,
  },
  scenario(
    'one route takes 1.7 times as long',
    { request: slower(isAt('GET /api/products/{id}'), 1.7) },
    endpoint('GET /api/products/{id}'),
  ),
  scenario('half of the requests of a route are slow', { request: bimodal }, endpoint('GET /api/cart')),
];

function scenario(name: string, disturbance: Disturbance, cause: Scenario['cause']): Scenario {
  return { name, disturbance, lastsMs: HALF_HOUR_MS, cause };
}

type Request = NonNullable<Disturbance['request']>;
type Which = (request: Replayed) => boolean;

function endpoint(value: string): Pick<Cause, 'dimension' | 'value'> {
  return { dimension: 'endpoint', value };
}

function isAt(...endpoints: readonly string[]): Which {
  return ({ method, route }) => endpoints.includes(`${method} ${route}`);
}

function failing(which: Which, share: number, status = 500): Request {
  return (request, _, random) => {
    if (!which(request) || !random.chance(share)) return;
    request.status = status;
    request.durationMs = random.between(2, 20);
  };
}

function slower(which: Which, times: number): Request {
  return (request) => {
    if (which(request)) request.durationMs = Math.min(4900, request.durationMs * times);
  };
}

function onVersion(version: string, disturb: Request): Request {
  return (request, sinceMs, random) => {
    if (request.version === version) disturb(request, sinceMs, random);
  };
}

function refused() {
  return { method: 'POST', route: '/api/orders', user: 'user-119', durationMs: 12, status: 422 };
}

function leaking(which: Which): Request {
  return (request, sinceMs) =>
    slower(which, 1 + (4 * sinceMs) / (4 * HOUR_MS))(request, sinceMs, undefined as never);
}

/** One in fifty. */
function slowOnes(request: Replayed, _: number, random: { chance(probability: number): boolean }): void {
  if (isAt('GET /api/products')(request) && random.chance(0.02)) request.durationMs = 6200;
}

function flapping(request: Replayed, sinceMs: number): void {
  if (sinceMs % (4 * MINUTE_MS) < 2 * MINUTE_MS && isAt('GET /api/cart')(request)) request.status = 500;
}

const SPREADING = ['GET /api/search', 'GET /api/products', 'GET /api/cart', 'POST /api/orders'];

function spreading(
  request: Replayed,
  sinceMs: number,
  random: { chance(probability: number): boolean },
): void {
  const place = SPREADING.findIndex((name) => isAt(name)(request));
  if (place >= 0 && sinceMs >= place * 5 * MINUTE_MS && random.chance(0.5)) request.status = 500;
}

function bimodal(request: Replayed, _: number, random: { chance(probability: number): boolean }): void {
  if (isAt('GET /api/cart')(request) && random.chance(0.5)) request.durationMs += 400;
}
