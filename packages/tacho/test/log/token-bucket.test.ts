import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TokenBucket } from '../../src/log/token-bucket.ts';

function taken(bucket: TokenBucket, times: number, nowMs: number): number {
  return Array.from({ length: times }, () => bucket.take(nowMs)).filter(Boolean).length;
}

describe('a token bucket', () => {
  it('lets a burst through, then as many as time fills', () => {
    const bucket = new TokenBucket({ burst: 20, perMinute: 60, nowMs: 0 });
    expect(taken(bucket, 100, 0)).toBe(20);
    expect(taken(bucket, 100, 999)).toBe(0);
    expect(taken(bucket, 100, 1000)).toBe(1);
    expect(taken(bucket, 100, 4500)).toBe(3);
    expect(taken(bucket, 100, 5000)).toBe(1);
  });

  it('fills no further than a burst, however long it waits', () => {
    const bucket = new TokenBucket({ burst: 3, perMinute: 60, nowMs: 0 });
    expect(taken(bucket, 10, 1e15)).toBe(3);
  });

  it('neither fills nor empties by a clock that is set back, and goes on from there', () => {
    const bucket = new TokenBucket({ burst: 2, perMinute: 60, nowMs: 1e6 });
    expect(taken(bucket, 1, 0)).toBe(1);
    expect(taken(bucket, 5, 0)).toBe(1);
    expect(taken(bucket, 5, 1000)).toBe(1);
  });

  it('keeps to its rate whatever the times are', () => {
    const steps = fc.array(fc.tuple(fc.nat(5000), fc.nat(10)), { maxLength: 100 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), (moves, burst) => {
        const bucket = new TokenBucket({ burst, perMinute: 120, nowMs: 0 });
        let nowMs = 0;
        let total = 0;
        for (const [passedMs, times] of moves) {
          nowMs += passedMs;
          total += taken(bucket, times, nowMs);
          expect(total).toBeLessThanOrEqual(burst + nowMs / 500);
        }
      }),
    );
  });
});
