import { freemem, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SystemSampler } from '../src/host/system-sampler.ts';
import { ControlGroup, LIMITED_V1, LIMITED_V2 } from './control-group.ts';

const NOW = 1_750_000_000_000;

let group: ControlGroup;
let sampler: SystemSampler;

beforeEach(() => {
  group = new ControlGroup();
  sampler = new SystemSampler({ now: () => NOW, diskPath: '/', cgroupRoot: group.root });
});
afterEach(async () => {
  await sampler.shutdown();
  group.remove();
});

/** Keeps a processor busy for so long. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('on this machine', () => {
  it('the figures are plausible', async () => {
    const { timestampMs, memoryPercent, memoryAvailableBytes, diskPercent, diskFreeBytes } =
      await sampler.sample();
    expect(timestampMs).toBe(NOW);
    expect(memoryAvailableBytes).toBeGreaterThan(freemem() / 2);
    expect(memoryAvailableBytes).toBeLessThan(totalmem());
    expect(memoryPercent).toBeCloseTo(100 - ((memoryAvailableBytes ?? 0) / totalmem()) * 100, 6);
    expect(diskPercent).toBeGreaterThan(0);
    expect(diskPercent).toBeLessThanOrEqual(100);
    expect(diskFreeBytes).toBeGreaterThan(1_000_000);
  });

  it('the first share of busy processors is unknown, the next is since the one before', async () => {
    expect((await sampler.sample()).cpuPercent).toBeNull();
    work(60);
    const busy = (await sampler.sample()).cpuPercent;
    expect(busy).toBeGreaterThan(0);
    expect(busy).toBeLessThanOrEqual(100);
    await pause(60);
    const after = (await sampler.sample()).cpuPercent;
    expect(after).toBeGreaterThanOrEqual(0);
    expect(after).toBeLessThanOrEqual(100);
  });

  it('the share is unknown, and not something else, where no time has gone by', async () => {
    for (let n = 0; n < 20; n++) {
      const { cpuPercent } = await sampler.sample();
      expect(cpuPercent === null || (cpuPercent >= 0 && cpuPercent <= 100)).toBe(true);
    }
  });

  it('two samplers do not disturb each other', async () => {
    const other = new SystemSampler({ now: () => NOW, diskPath: '/', cgroupRoot: group.root });
    await sampler.sample();
    work(60);
    await other.sample();
    await other.sample();
    expect((await sampler.sample()).cpuPercent).toBeGreaterThan(0);
    await other.shutdown();
  });

  it('a disk that is not there is unknown, and the rest is not', async () => {
    const lost = new SystemSampler({ now: () => NOW, diskPath: '/nowhere/at/all', cgroupRoot: group.root });
    const { diskPercent, diskFreeBytes, memoryPercent } = await lost.sample();
    expect([diskPercent, diskFreeBytes]).toEqual([null, null]);
    expect(memoryPercent).toBeGreaterThan(0);
    await lost.shutdown();
  });

  it('what holds for the real control group holds too', async () => {
    const real = new SystemSampler({ now: () => NOW, diskPath: '/', cgroupRoot: '/sys/fs/cgroup' });
    await real.sample();
    work(20);
    const { cpuPercent, memoryPercent, memoryAvailableBytes } = await real.sample();
    for (const percent of [cpuPercent, memoryPercent]) {
      expect(percent).toBeGreaterThanOrEqual(0);
      expect(percent).toBeLessThanOrEqual(100);
    }
    expect(memoryAvailableBytes).toBeGreaterThanOrEqual(0);
    await real.shutdown();
  });
});

describe.each([
  ['2', LIMITED_V2, 'memory.max', 'cpu.stat', (seconds: number) => `usage_usec ${seconds * 1e6}\n`],
  [
    '1',
    LIMITED_V1,
    'memory/memory.limit_in_bytes',
    'cpuacct/cpuacct.usage',
    (seconds: number) => `${seconds * 1e9}\n`,
  ],
])('in a container of control groups version %s', (_version, limited, memoryLimit, cpuUse, used) => {
  it('its memory is what the container may use', async () => {
    group.write(limited);
    const { memoryPercent, memoryAvailableBytes } = await sampler.sample();
    expect(memoryPercent).toBeCloseTo((200 / 512) * 100, 9);
    expect(memoryAvailableBytes).toBe(312 * 1024 * 1024);
  });

  it('its memory is the host’s where the limit is above it', async () => {
    group.write({ ...limited, [memoryLimit]: '9223372036854771712\n' });
    const { memoryPercent, memoryAvailableBytes } = await sampler.sample();
    expect(memoryPercent).toBeCloseTo(100 - ((memoryAvailableBytes ?? 0) / totalmem()) * 100, 6);
  });

  it('its memory is full, and no more, where it is over its limit', async () => {
    group.write({ ...limited, [memoryLimit]: '1000\n' });
    const { memoryPercent, memoryAvailableBytes } = await sampler.sample();
    expect([memoryPercent, memoryAvailableBytes]).toEqual([100, 0]);
  });

  it('its processors are those it may use', async () => {
    group.write({ ...limited, [cpuUse]: used(2) });
    const before = performance.now();
    expect((await sampler.sample()).cpuPercent).toBeNull();
    await pause(100);
    group.write({ [cpuUse]: used(2.06) });
    const { cpuPercent } = await sampler.sample();
    const elapsedSeconds = (performance.now() - before) / 1e3;
    // 60 ms of work in the 100 ms and some of one and a half cores.
    expect(cpuPercent).toBeLessThanOrEqual((0.06 / (0.1 * 1.5)) * 100);
    expect(cpuPercent).toBeGreaterThanOrEqual((0.06 / (elapsedSeconds * 1.5)) * 100 * 0.99);
  });

  it('its processors are at most all busy, and never less than idle', async () => {
    for (const [seconds, percent] of [
      [2, null],
      [200, 100],
      [100, 0],
    ] as const) {
      group.write({ ...limited, [cpuUse]: used(seconds) });
      await pause(5);
      expect((await sampler.sample()).cpuPercent).toBe(percent);
    }
  });
});
