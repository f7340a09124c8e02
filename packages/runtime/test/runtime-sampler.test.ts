import { beforeAll, describe, expect, it } from '@jest/globals';
import type { RuntimeSample } from '@tacho/core';
import { child } from './child.ts';
import type { Busy } from './children/busy.ts';

const SECOND_US = 1e6;
/** A delay is seen as up to so much less: the interval of the timer that is late, and what a histogram rounds. */
const RESOLUTION_US = 21_000;

let busy: Record<Busy, RuntimeSample>;
beforeAll(async () => {
  busy = await child('busy.ts');
});

describe('a sample of a real process', () => {
  it('says which process and thread it is of, and how long that has run', () => {
    expect(busy.idle).toMatchObject({ threadId: 0, samples: 1, pid: expect.any(Number) });
    expect(busy.idle.startMs + busy.idle.uptimeUs / 1000).toBeCloseTo(busy.idle.timestampMs, -3);
    expect(busy.worker.threadId).toBeGreaterThan(0);
    expect([busy.worker.pid, busy.worker.startMs]).toEqual([busy.idle.pid, busy.idle.startMs]);
  });

  it('is of integers, and of the interval since the one before', () => {
    for (const { timestampMs, startMs, ...figures } of Object.values(busy)) {
      expect(Object.values(figures).filter((figure) => !Number.isSafeInteger(figure) || figure < 0)).toEqual(
        [],
      );
      expect(startMs).toBeLessThan(timestampMs);
    }
    expect(busy.idle.intervalUs).toBeGreaterThan(0.2 * SECOND_US);
    expect(busy.after.uptimeUs - busy.idle.uptimeUs).toBeGreaterThan(0.7 * SECOND_US);
  });

  it.each(['blocked', 'blockedAtReading'] as const)(
    'shows in the delay that the loop was %s for 200 ms',
    (how) => {
      expect(busy[how].loopDelayMaxUs).toBeGreaterThanOrEqual(200_000 - RESOLUTION_US);
      expect(busy[how].loopDelayMaxUs).toBeLessThan(2 * SECOND_US);
      expect(busy[how].loopActiveUs).toBeGreaterThan(200_000);
      expect(busy[how].cpuUs).toBeGreaterThan(0);
      expect(busy[how].loopDelayP99Us).toBeGreaterThanOrEqual(busy[how].loopDelayP50Us);
    },
  );

  it('shows no such delay where there was none: the interval of the timer is not part of it', () => {
    expect(busy.idle.loopDelayP50Us).toBeLessThan(RESOLUTION_US);
    expect(busy.idle.loopActiveUs).toBeLessThan(busy.idle.intervalUs);
  });

  it('counts collections, all of which pause for something', () => {
    const { gcCount, gcPauseUs, gcLongestUs, gcWatchedUs, intervalUs } = busy.collecting;
    expect(gcCount).toBeGreaterThan(3);
    expect(gcLongestUs).toBeGreaterThan(0);
    expect(gcPauseUs).toBeGreaterThanOrEqual(gcLongestUs);
    expect(gcPauseUs).toBeLessThanOrEqual(intervalUs);
    expect(gcWatchedUs / intervalUs).toBeGreaterThan(0.9);
    expect(busy.idle.gcCount).toBeLessThan(gcCount);
  });

  it('grows with the heap, and with what is outside of it', () => {
    expect(busy.grown.heapUsedBytes - busy.idle.heapUsedBytes).toBeGreaterThan(5e6);
    expect(busy.grown.externalBytes - busy.idle.externalBytes).toBeGreaterThan(29_000_000);
    expect(busy.grown.residentBytes - busy.idle.residentBytes).toBeGreaterThan(5e6);
    expect(busy.grown.heapLimitBytes).toBeGreaterThan(busy.grown.heapUsedBytes);
    expect(busy.worker.heapUsedBytes).toBeLessThan(busy.grown.heapUsedBytes);
  });

  it('counts what is open, and no longer what is closed', () => {
    expect(busy.connected.activeResources - busy.after.activeResources).toBeGreaterThanOrEqual(40);
  });
});
