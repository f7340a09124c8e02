import type { SystemSample } from '@tacho/core';
import type { AlertPast, Reading } from '../reading.ts';
import type { ResourceRule } from '../rule.ts';
import { latest } from './ranges.ts';

const FIGURES: Record<ResourceRule['kind'], (sample: SystemSample) => number | null> = {
  cpu: (sample) => sample.cpuPercent,
  memory: (sample) => sample.memoryPercent,
  disk: (sample) => sample.diskPercent,
};

/**
 * The host's latest figure, in percent; breached where all figures of the window are above the threshold. Nothing is
 * said where they don't reach back over half of it: a process that starts is busy.
 */
export async function readResource(rule: ResourceRule, past: AlertPast, nowMs: number): Promise<Reading[]> {
  const fromMs = nowMs - rule.windowMs;
  const { window } = await past.window(latest(nowMs, rule.windowMs).fromMs, nowMs, { users: false });
  const samples = window.systemSamples.list().filter(({ timestampMs }) => timestampMs >= fromMs);
  const known = samples.filter((sample) => FIGURES[rule.kind](sample) !== null);
  const figures = known.map((sample) => FIGURES[rule.kind](sample) ?? 0);
  const oldest = known[0];
  const value = figures.at(-1);
  if (oldest === undefined || value === undefined) return [];
  if (oldest.timestampMs > nowMs - rule.windowMs / 2) return [];
  const isBreached = figures.every((figure) => figure > rule.overPercent);
  return [
    {
      subject: 'host',
      isBreached,
      value,
      threshold: rule.overPercent,
      unit: 'percent',
      requests: 0,
      causes: [],
    },
  ];
}
