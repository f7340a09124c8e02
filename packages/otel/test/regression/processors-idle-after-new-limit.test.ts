import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { SystemSampler } from '../../src/host/system-sampler.ts';
import { ControlGroup, LIMITED_V2 } from '../control-group.ts';

/**
 * The time a container could have used goes by its limit, so a limit raised while it ran, or one that came
 * or went, made the difference of two such times a long one: processors stood as idle or busy for nothing.
 */

it('the share of busy processors is unknown once after their limit has changed', async () => {
  const group = new ControlGroup(LIMITED_V2);
  const sampler = new SystemSampler({ now: Date.now, diskPath: '/', cgroupRoot: group.root });
  const seen: unknown[] = [];
  for (const limit of ['150000', '150000', '400000', '400000', 'max', 'max', '150000']) {
    group.write({ 'cpu.max': `${limit} 100000\n` });
    await pause(20);
    seen.push((await sampler.sample()).cpuPercent === null);
  }
  expect(seen).toEqual([true, false, true, false, true, false, true]);
  await sampler.shutdown();
  group.remove();
});
