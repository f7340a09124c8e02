import { describe, expect, it } from '@jest/globals';
import { type Health, healthOf } from '../src/health.ts';
import type { SystemSample } from '../src/record.ts';

const NOW_MS = 1_752_889_345_123;

function sample(figures: Partial<SystemSample> = {}): SystemSample {
  return {
    timestampMs: NOW_MS,
    cpuPercent: 15.2,
    memoryPercent: 45.8,
    memoryAvailableBytes: 8_589_934_592,
    diskPercent: 67.3,
    diskFreeBytes: 21_474_836_480,
    ...figures,
  };
}

const bounds: [figure: 'cpuPercent' | 'memoryPercent' | 'diskPercent', warning: number, critical: number][] =
  [
    ['cpuPercent', 70, 90],
    ['memoryPercent', 70, 90],
    ['diskPercent', 80, 95],
  ];

describe.each(bounds)('%s', (figure, warning, critical) => {
  it.each<[number, Health]>([
    [0, 'healthy'],
    [warning - 0.0001, 'healthy'],
    [warning, 'healthy'],
    [warning + 0.0001, 'warning'],
    [critical - 0.0001, 'warning'],
    [critical, 'warning'],
    [critical + 0.0001, 'critical'],
    [100, 'critical'],
  ])('at %d is %s', (percent, health) => {
    expect(healthOf(sample({ [figure]: percent }), NOW_MS)).toBe(health);
  });

  it('has no say while it is null', () => {
    expect(healthOf(sample({ [figure]: null }), NOW_MS)).toBe('healthy');
  });

  it('is enough by itself', () => {
    const others = { cpuPercent: null, memoryPercent: null, diskPercent: null };
    expect(healthOf(sample({ ...others, [figure]: critical + 1 }), NOW_MS)).toBe('critical');
    expect(healthOf(sample({ ...others, [figure]: warning }), NOW_MS)).toBe('healthy');
  });
});

describe('the host', () => {
  it('is as bad as its worst figure', () => {
    expect(healthOf(sample({ cpuPercent: 71, diskPercent: 96 }), NOW_MS)).toBe('critical');
    expect(healthOf(sample({ cpuPercent: 91, memoryPercent: 71 }), NOW_MS)).toBe('critical');
    expect(healthOf(sample({ memoryPercent: 71, diskPercent: 81 }), NOW_MS)).toBe('warning');
  });

  it('is unknown without a sample', () => {
    expect(healthOf(undefined, NOW_MS)).toBe('unknown');
  });

  it('is unknown when every percentage is null, whatever the bytes are', () => {
    expect(healthOf(sample({ cpuPercent: null, memoryPercent: null, diskPercent: null }), NOW_MS)).toBe(
      'unknown',
    );
  });

  it.each<[ageMs: number, Health]>([
    [0, 'healthy'],
    [59_999, 'healthy'],
    [60_000, 'unknown'],
    [86_400_000, 'unknown'],
    [-59_999, 'healthy'],
    [-60_000, 'unknown'],
  ])('by a sample %d ms old is %s', (ageMs, health) => {
    expect(healthOf(sample({ timestampMs: NOW_MS - ageMs }), NOW_MS)).toBe(health);
  });

  it.each<[figures: Partial<SystemSample>, Health]>([
    [{ cpuPercent: 10 }, 'healthy'],
    [{ cpuPercent: 11 }, 'warning'],
    [{ cpuPercent: 21 }, 'critical'],
    [{ memoryPercent: 30 }, 'healthy'],
    [{ memoryPercent: 31 }, 'warning'],
    [{ memoryPercent: 41 }, 'critical'],
    [{ diskPercent: 50 }, 'healthy'],
    [{ diskPercent: 51 }, 'warning'],
    [{ diskPercent: 61 }, 'critical'],
  ])('with %j is judged by the thresholds given: %s', (figures, health) => {
    const thresholds = {
      cpuWarning: 10,
      cpuCritical: 20,
      memoryWarning: 30,
      memoryCritical: 40,
      diskWarning: 50,
      diskCritical: 60,
    };
    const idle = { cpuPercent: 0, memoryPercent: 0, diskPercent: 0 };
    expect(healthOf(sample({ ...idle, ...figures }), NOW_MS, thresholds)).toBe(health);
  });
});
