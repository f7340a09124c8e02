import { expect, it } from '@jest/globals';
import { SystemSampler } from '../../src/host/system-sampler.ts';
import { ControlGroup, LIMITED_V2 } from '../control-group.ts';

/** A field of a control group's `stat` files that is no number made the whole figure NaN. */

it('a figure that cannot be read is unknown, or goes by the rest', async () => {
  const group = new ControlGroup({
    ...LIMITED_V2,
    'memory.stat': 'inactive_file ?\n',
    'cpu.stat': 'usage_usec ?\n',
  });
  const sampler = new SystemSampler({ now: Date.now, diskPath: '/', cgroupRoot: group.root });
  await sampler.sample();
  const { cpuPercent, memoryPercent, memoryAvailableBytes } = await sampler.sample();
  expect(cpuPercent).not.toBeNaN();
  expect(memoryPercent).toBeCloseTo((300 / 512) * 100, 9);
  expect(memoryAvailableBytes).toBe(212 * 1024 * 1024);
  await sampler.shutdown();
  group.remove();
});
