import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { KeyedLimit } from '../../src/limits/keyed-limit.ts';

describe('a limit', () => {
  it('is never passed in any minute that began with a first, and lets through all that is within it', async () => {
    const step = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      waitMs: fc.constantFrom(0, 1, 10_000, 59_999, 60_000),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(step, { maxLength: 80 }),
        async (perMinute, steps) => {
          let nowMs = 0;
          const limit = new KeyedLimit(perMinute, () => nowMs);
          const minutes = new Map<string, { endsMs: number; counted: number }>();
          for (const { key, waitMs } of steps) {
            nowMs += waitMs;
            const open = minutes.get(key);
            const minute = open && nowMs < open.endsMs ? open : { endsMs: nowMs + 60_000, counted: 0 };
            minutes.set(key, minute);
            const before = limit.standing(key);
            const after = await limit.count(key);
            minute.counted += 1;
            expect(before.isAllowed).toBe(minute.counted <= perMinute);
            expect(after).toEqual({
              isAllowed: minute.counted <= perMinute,
              limit: perMinute,
              remaining: Math.max(0, perMinute - minute.counted),
              resetSeconds: Math.ceil((minute.endsMs - nowMs) / 1000),
            });
          }
        },
      ),
    );
  });

  it('has 4,096 keys and one for all others, however many come, and tells how often there was no room', async () => {
    let nowMs = 0;
    const limit = new KeyedLimit(10, () => nowMs);
    for (let n = 0; n < 20_000; n++) await limit.count(`key ${n}`);
    expect([limit.keys, limit.overflowed]).toEqual([4_097, 20_000 - 4_096]);
    for (let n = 0; n < 20_000; n++) {
      nowMs += 1_000;
      await limit.count(`key ${n}`);
    }
    expect([limit.keys, limit.overflowed]).toEqual([60, 20_000 - 4_096]);
  });
});
