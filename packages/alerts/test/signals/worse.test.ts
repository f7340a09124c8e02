import { describe, expect, it } from '@jest/globals';
import { EndpointStats } from '@tacho/core';
import { failureRiseOf, type Latest, type Sample, slowdownOf } from '../../src/signals/worse.ts';
import { Random } from '../incidents/random.ts';

interface Endpoint {
  readonly medianMs?: number;
  readonly sigma?: number;
  readonly failing?: number;
  /** Of the requests, and how many milliseconds they take longer. */
  readonly tail?: readonly [share: number, byMs: number];
}

const random = new Random(7);

describe('an endpoint that is as it was', () => {
  it('is never worse, whatever its times are like', () => {
    let worse = 0;
    for (let endpoint = 0; endpoint < 500; endpoint++) {
      const like = { medianMs: 2 ** random.between(0, 11), sigma: random.between(0.2, 1.5), failing: 0.03 };
      const before = usual(300, like);
      const now = latest(Math.round(20 * 10 ** random.between(0, 1)), like);
      if (slowdownOf(now, before).isWorse || failureRiseOf(now, before).isWorse) worse++;
    }
    expect(worse).toBe(0);
  });

  it('is not worse for a minute in which everything waited', () => {
    const before = usual(3000);
    const now = latest(500, {}, { tail: [0.2, 800] });
    expect(slowdownOf(now, before).isWorse).toBe(false);
  });

  it('is not worse for a millisecond', () => {
    expect(slowdownOf(latest(1000, { medianMs: 4 }), usual(3000, { medianMs: 1 })).isWorse).toBe(false);
  });
});

describe('an endpoint that is slower', () => {
  it.each([
    ['1.7 times as slow', { medianMs: 170 }],
    ['slow for one request in three', { tail: [0.33, 500] }],
    ['slow for one in six', { tail: [0.17, 2000] }],
  ] as const)('is found: %s', (_, now) => {
    const found = slowdownOf(latest(600, now, now), usual(3000));
    expect(found.isWorse).toBe(true);
    expect(found.times).toBeGreaterThanOrEqual(1.5);
  });

  it('is not found where there is too little to tell', () => {
    expect(slowdownOf(latest(8, { medianMs: 200 }, { medianMs: 200 }), usual(60)).isWorse).toBe(false);
  });

  it('is found however slow: by how many times says the better half', () => {
    const { times } = slowdownOf(latest(600, { medianMs: 300 }, { medianMs: 900 }), usual(3000));
    expect(times).toBeGreaterThan(2.5);
    expect(times).toBeLessThan(4);
  });
});

describe('an endpoint that fails more', () => {
  it('is found from one request in ten on, and of few requests where most fail', () => {
    const before = usual(3000, { failing: 0.002 });
    expect(failureRiseOf(latest(600, { failing: 0.1 }, { failing: 0.1 }), before).isWorse).toBe(true);
    expect(failureRiseOf(latest(20, { failing: 1 }, { failing: 1 }), before).isWorse).toBe(true);
  });

  it('is not found for one request in a hundred, nor where one half is well', () => {
    const before = usual(3000, { failing: 0 });
    expect(failureRiseOf(latest(3000, { failing: 0.01 }, { failing: 0.01 }), before).isWorse).toBe(false);
    expect(failureRiseOf(latest(600, {}, { failing: 0.5 }), before).isWorse).toBe(false);
  });
});

/** Six hours. */
function usual(count: number, like: Endpoint = {}): Sample {
  return { stats: measured(count, like), minutes: 360 };
}

/** Ten minutes. */
function latest(count: number, early: Endpoint = {}, late: Endpoint = early): Latest {
  const halves = [measured(Math.ceil(count / 2), early), measured(Math.ceil(count / 2), late)];
  const stats = new EndpointStats();
  for (const half of halves) stats.merge(half);
  return { stats, halves, minutes: 10 };
}

function measured(count: number, { medianMs = 100, sigma = 0.6, failing = 0, tail = [0, 0] }: Endpoint) {
  const stats = new EndpointStats();
  for (let request = 0; request < count; request++) {
    const [share, byMs] = tail;
    stats.record({
      startMs: 0,
      durationMs: medianMs * Math.exp(sigma * random.normal()) + (random.chance(share) ? byMs : 0),
      method: 'GET',
      route: '/',
      status: random.chance(failing) ? 500 : 200,
      outcome: 'completed',
      user: undefined,
      traceId: undefined,
    });
  }
  return stats;
}
