import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, HOUR_MS, MINUTE_MS, SECOND_MS, Window } from '@tacho/core';
import type { AlertPast } from '../../src/reading.ts';
import type {
  BurnRateRule,
  ErrorRateRule,
  LatencyRule,
  ResourceRule,
  SlowRequestRule,
} from '../../src/rule.ts';
import { readRule } from '../../src/signals/read-rule.ts';
import { measured, NOW_MS, pastOf, type Request, requests, sample } from './window.ts';

const BASE = { name: 'r', severity: 'warning', holdMs: 0, keepFiringMs: 0, windowMs: 5 * MINUTE_MS } as const;

describe('slow requests', () => {
  const rule: SlowRequestRule = {
    ...BASE,
    kind: 'slow-request',
    scope: 'each',
    overMs: 5000,
    minRequests: 1,
  };

  it('are those that took longer than the limit, to the millisecond', async () => {
    const past = lately([
      { durationMs: 5001, route: '/over' },
      { durationMs: 5000, route: '/at' },
    ]);
    const readings = await readRule(rule, past, NOW_MS);
    expect(readings).toMatchObject([
      { subject: 'GET /over', isBreached: true, value: 5001, threshold: 5000, unit: 'ms', requests: 1 },
      { subject: 'GET /at', isBreached: false, value: 5000 },
    ]);
  });

  it('are found though they began before the window, as the list has none of these', async () => {
    const listed = lately([{ durationMs: 900_000 }]);
    const past: AlertPast = {
      window: async (...range) => {
        const answer = await listed.window(...range);
        const window = new Window(DEFAULT_LIMITS);
        window.mergeCounts(answer.window);
        return { ...answer, window };
      },
    };
    expect(await readRule(rule, past, NOW_MS)).toMatchObject([{ isBreached: true, value: 900_000 }]);
  });

  it('are as many as the rule asks for', async () => {
    const past = lately(requests(3, { durationMs: 6000 }));
    expect(await readRule({ ...rule, minRequests: 3 }, past, NOW_MS)).toMatchObject([{ isBreached: true }]);
    expect(await readRule({ ...rule, minRequests: 4 }, past, NOW_MS)).toMatchObject([{ isBreached: false }]);
  });
});

describe('the error rate', () => {
  const rule: ErrorRateRule = {
    ...BASE,
    kind: 'error-rate',
    scope: 'all',
    errors: 'all',
    overPercent: 10,
    minRequests: 20,
  };

  it('holds above the threshold, not at it', async () => {
    const at = [...requests(18), ...requests(2, { status: 404 })];
    const above = [...requests(17), ...requests(2, { status: 404 }), ...requests(1, { status: 500 })];
    expect(await readRule(rule, lately(at), NOW_MS)).toMatchObject([{ isBreached: false, value: 10 }]);
    expect(await readRule(rule, lately(above), NOW_MS)).toMatchObject([
      { subject: 'all', isBreached: true, value: 15, threshold: 10, unit: 'percent', requests: 20 },
    ]);
  });

  it('is of server errors alone where that is asked for', async () => {
    const past = lately([...requests(10, { status: 404 }), ...requests(10, { status: 500 })]);
    expect(await readRule({ ...rule, errors: 'server' }, past, NOW_MS)).toMatchObject([{ value: 50 }]);
  });

  it('is not told of too few requests, nor of an endpoint that there is not', async () => {
    expect(await readRule(rule, lately(requests(19, { status: 500 })), NOW_MS)).toEqual([]);
    expect(await readRule({ ...rule, scope: 'GET /none' }, lately(requests(50)), NOW_MS)).toEqual([]);
    expect(await readRule({ ...rule, minRequests: 0 }, pastOf(), NOW_MS)).toEqual([]);
  });

  it('names the endpoint that bears it, and reads no more than the window where it does not hold', async () => {
    const quiet = lately(requests(30));
    await readRule(rule, quiet, NOW_MS);
    expect(quiet.reads).toHaveLength(1);
    const past = lately([...requests(60, { route: '/b' }), ...requests(40, { status: 500 })]);
    const [reading] = await readRule(rule, past, NOW_MS);
    expect(reading?.causes[0]).toMatchObject({ dimension: 'endpoint', value: 'GET /a' });
  });
});

describe('a latency', () => {
  it('is the percentile of each subject', async () => {
    const rule: LatencyRule = {
      ...BASE,
      kind: 'latency',
      scope: 'GET /a',
      percentile: 90,
      overMs: 300,
      minRequests: 10,
    };
    const past = lately([...requests(8), ...requests(2, { durationMs: 400 })]);
    const [reading] = await readRule(rule, past, NOW_MS);
    expect(reading).toMatchObject({ subject: 'GET /a', isBreached: true, unit: 'ms', threshold: 300 });
    expect(reading?.value).toBeCloseTo(400, -1);
  });
});

describe('a resource', () => {
  const rule: ResourceRule = { ...BASE, kind: 'cpu', overPercent: 90, minRequests: 0 };

  it.each([
    ['all samples are above', [95, 91, 99], true],
    ['one is at the threshold', [95, 90, 99], false],
    ['one is not known', [95, null, 99], true],
  ])('where %s', async (_, figures, isBreached) => {
    const samples = figures.map((figure, place) => sample(NOW_MS - (4 - place) * MINUTE_MS, figure));
    expect(await readRule(rule, lately([], samples), NOW_MS)).toMatchObject([
      { subject: 'host', isBreached, value: 99, threshold: 90, unit: 'percent', requests: 0, causes: [] },
    ]);
  });

  it('says nothing of a host that it has watched for a moment, or of none', async () => {
    const samples = [sample(NOW_MS - 10 * SECOND_MS, 100)];
    expect(await readRule(rule, lately([], samples), NOW_MS)).toEqual([]);
    expect(await readRule(rule, pastOf(), NOW_MS)).toEqual([]);
  });
});

describe('a burn rate', () => {
  const rule: BurnRateRule = {
    ...BASE,
    kind: 'burn-rate',
    scope: 'all',
    objectivePercent: 99,
    withinMs: undefined,
    factor: 14.4,
    longMs: HOUR_MS,
    shortMs: 5 * MINUTE_MS,
    minRequests: 20,
  };
  const earlier = (records: readonly Request[]) =>
    measured(NOW_MS - HOUR_MS, NOW_MS - 10 * MINUTE_MS, records);
  const now = (records: readonly Request[]) => measured(NOW_MS - 5 * MINUTE_MS, NOW_MS, records);
  const failed = (count: number) => requests(count, { status: 500 });

  it('holds where both windows burn', async () => {
    const past = pastOf(earlier([...requests(85), ...failed(15)]), now([...requests(80), ...failed(20)]));
    const [reading] = await readRule(rule, past, NOW_MS);
    expect(reading).toMatchObject({ isBreached: true, unit: 'times', threshold: 14.4, requests: 200 });
    expect(reading?.value).toBeCloseTo(17.5, 6);
  });

  it('ends when the short window is well, and needs more than the short one', async () => {
    const over = pastOf(earlier([...requests(50), ...failed(50)]), now(requests(100)));
    const just = pastOf(earlier(requests(900)), now([...requests(80), ...failed(20)]));
    expect(await readRule(rule, over, NOW_MS)).toMatchObject([{ isBreached: false }]);
    expect(await readRule(rule, just, NOW_MS)).toMatchObject([{ isBreached: false }]);
  });

  it('counts what took too long, and a slow error once', async () => {
    const records = [...requests(80), ...requests(10, { durationMs: 400 }), ...failed(5)];
    const timeouts = requests(5, { status: 504, durationMs: 3000 });
    const [reading] = await readRule(
      { ...rule, withinMs: 300 },
      pastOf(now([...records, ...timeouts])),
      NOW_MS,
    );
    expect(reading?.value).toBeCloseTo(20, 6);
  });
});

function lately(records: readonly Request[], samples: Parameters<typeof measured>[3] = []) {
  return pastOf(measured(NOW_MS - 5 * MINUTE_MS, NOW_MS, records, samples));
}
