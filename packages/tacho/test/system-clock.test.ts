import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../src/system-clock.ts';

const failures: unknown[] = [];
const clock = systemClock((thrown) => failures.push(thrown));
let stop: () => void = () => {};

afterEach(() => {
  stop();
  failures.length = 0;
});

/** Resolves when `tick` has run `times` times, each of them giving what `run` gives. */
function ticks(times: number, run: (count: number) => void | Promise<void> = () => {}): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    stop = clock.every(2, () => {
      if (++count === times) resolve();
      return run(count);
    });
  });
}

describe('the system clock', () => {
  it('tells the time', () => {
    const beforeMs = Date.now();
    const nowMs = clock.now();
    expect(nowMs).toBeGreaterThanOrEqual(beforeMs);
    expect(nowMs).toBeLessThanOrEqual(Date.now());
  });

  it('ticks until it is stopped', async () => {
    let count = 0;
    await ticks(3, () => void count++);
    stop();
    const countThen = count;
    await pause(30);
    expect(count).toBe(countThen);
  });

  it('never has two ticks at once', async () => {
    let running = 0;
    let most = 0;
    await ticks(4, async () => {
      most = Math.max(most, ++running);
      await pause(15);
      running--;
    });
    expect(most).toBe(1);
  });

  it('goes on after a tick that throws or rejects, and tells of it', async () => {
    await ticks(3, (count) => {
      if (count === 1) throw new Error('thrown');
      return Promise.reject(new Error('rejected'));
    });
    expect(failures.slice(0, 2)).toEqual([new Error('thrown'), new Error('rejected')]);
  });

  it.each([2 ** 31, 1e15, Number.POSITIVE_INFINITY])(
    'does not tick at once when it is to tick in %p ms',
    async (ms) => {
      let ticked = false;
      stop = clock.every(ms, () => {
        ticked = true;
      });
      await pause(30);
      expect(ticked).toBe(false);
    },
  );
});
