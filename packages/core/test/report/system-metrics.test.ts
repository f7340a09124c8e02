import { describe, expect, it } from '@jest/globals';
import { systemMetricsReport } from '../../src/report/system-metrics.ts';
import { aSample, NOW_MS, windowOf } from './measured.ts';

describe('system metrics', () => {
  it("have the guide's fields", () => {
    const window = windowOf([]);
    window.addSample(aSample({ timestampMs: NOW_MS + 0.456 }));
    expect(systemMetricsReport(window)).toEqual([
      {
        timestamp: '2025-07-19T01:42:25.123456Z',
        cpu_percent: 15.2,
        memory_percent: 45.8,
        memory_available: 8589934592,
        disk_percent: 67.3,
        disk_free: 21474836480,
      },
    ]);
  });

  it('come oldest first', () => {
    const window = windowOf([]);
    for (const cpuPercent of [2, 3, 1]) {
      window.addSample(aSample({ timestampMs: NOW_MS + cpuPercent * 10_000, cpuPercent }));
    }
    expect(systemMetricsReport(window).map((sample) => sample.cpu_percent)).toEqual([1, 2, 3]);
  });

  it('have a null for what the host does not tell, and a zero for a zero', () => {
    const window = windowOf([]);
    const unknown = {
      memoryPercent: null,
      memoryAvailableBytes: null,
      diskPercent: null,
      diskFreeBytes: null,
    };
    window.addSample(aSample({ cpuPercent: 0, ...unknown }));
    expect(systemMetricsReport(window)[0]).toMatchObject({
      cpu_percent: 0,
      memory_percent: null,
      memory_available: null,
      disk_percent: null,
      disk_free: null,
    });
  });

  it('are rounded to four decimals, bytes to whole ones', () => {
    const window = windowOf([]);
    window.addSample(aSample({ cpuPercent: 100 / 3, memoryAvailableBytes: 1000.7 }));
    expect(systemMetricsReport(window)[0]).toMatchObject({ cpu_percent: 33.3333, memory_available: 1001 });
  });
});
