import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Window } from '@tacho/core';
import type { DegradationRule } from '../../src/rule.ts';
import { readRule } from '../../src/signals/read-rule.ts';
import { measured, NOW_MS, pastOf, type Request, requests } from './window.ts';

const RULE: DegradationRule = {
  name: 'degradation',
  kind: 'degradation',
  severity: 'warning',
  scope: 'each',
  windowMs: 10 * MINUTE_MS,
  holdMs: 0,
  keepFiringMs: 0,
  minRequests: 20,
};

const fast = spread(100);
const slow = spread(300);

describe('a degradation', () => {
  it('is what is worse than in the hours before, and reads no further where nothing is', async () => {
    const well = pastOf(before(fast), ...lately(fast));
    expect(await readRule(RULE, well, NOW_MS)).toMatchObject([{ subject: 'GET /a', isBreached: false }]);
    expect(well.reads).toHaveLength(3);
    const [reading] = await readRule(RULE, pastOf(before(fast), ...lately(slow)), NOW_MS);
    expect(reading).toMatchObject({ isBreached: true, unit: 'times', threshold: 1.5, requests: 200 });
    expect(reading?.value).toBeCloseTo(3, 0);
  });

  it('is none where it was so yesterday at this time, or a week ago', async () => {
    const night = before(fast);
    expect(await breached(night, around(DAY_MS, slow), ...lately(slow))).toBe(false);
    expect(await breached(night, around(DAY_MS, fast), around(7 * DAY_MS, slow), ...lately(slow))).toBe(
      false,
    );
    expect(await breached(night, around(DAY_MS, fast), around(7 * DAY_MS, fast), ...lately(slow))).toBe(true);
  });

  it('is none where it is over in half of the time, or has but begun', async () => {
    const [early, late] = [fast, slow];
    expect(await breached(before(fast), ...lately(early, late))).toBe(false);
    expect(await breached(before(fast), ...lately(late, early))).toBe(false);
  });

  it('is not told of an endpoint whose past is not known', async () => {
    expect(await readRule(RULE, pastOf(...lately(slow)), NOW_MS)).toEqual([]);
    const short = measured(NOW_MS - 30 * MINUTE_MS, NOW_MS - 20 * MINUTE_MS, fast);
    expect(await readRule(RULE, pastOf(short, ...lately(slow)), NOW_MS)).toEqual([]);
  });

  it('tells how many times as often it fails', async () => {
    const failing = [...requests(50), ...requests(50, { status: 500 })];
    const usual = [...requests(95), ...requests(5, { status: 500 })];
    const [reading] = await readRule(RULE, pastOf(before(usual), ...lately(failing)), NOW_MS);
    expect(reading).toMatchObject({ isBreached: true, threshold: 2, value: expect.closeTo(10, 6) });
    expect(reading?.causes[0]).toMatchObject({ dimension: 'status', value: '500' });
  });
});

async function breached(...windows: readonly Window[]): Promise<boolean | undefined> {
  const [reading] = await readRule(RULE, pastOf(...windows), NOW_MS);
  return reading?.isBreached;
}

function before(records: readonly Request[]): Window {
  return measured(NOW_MS - 3 * HOUR_MS, NOW_MS - 15 * MINUTE_MS, records);
}

function around(agoMs: number, records: readonly Request[]): Window {
  return measured(NOW_MS - agoMs - HOUR_MS, NOW_MS - agoMs + HOUR_MS, records);
}

function lately(early: readonly Request[], late: readonly Request[] = early): Window[] {
  const middleMs = NOW_MS - 5 * MINUTE_MS;
  return [measured(NOW_MS - 10 * MINUTE_MS, middleMs, early), measured(middleMs, NOW_MS, late)];
}

/** A hundred requests with a median. */
function spread(medianMs: number): Request[] {
  return Array.from({ length: 100 }, (_, place) => ({ durationMs: medianMs * 2 ** ((place - 49.5) / 50) }));
}
