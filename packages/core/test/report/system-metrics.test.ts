import { describe, expect, it } from '@jest/globals';
import { systemMetricsReport } from '../../src/report/system-metrics.ts';
import type { RuntimeSample } from '../../src/runtime-sample.ts';
import { aRuntimeSample, aSample, NOW_MS, windowOf } from './measured.ts';

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
        processes: [],
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

describe('processes', () => {
  it('are named as OpenTelemetry names them, in seconds, bytes and percent', () => {
    const window = windowOf([]);
    window.addSample(aSample());
    window.addRuntimeSample(aRuntimeSample());
    expect(systemMetricsReport(window)[0]?.processes).toEqual([
      {
        pid: 4711,
        thread_id: 0,
        interval: 10,
        process_uptime: 60,
        process_cpu_utilization_percent: 5,
        process_memory_usage: 90_000_000,
        v8js_memory_heap_used: 20_000_000,
        v8js_memory_heap_limit: 4_000_000_000,
        v8js_memory_external: 5_000_000,
        v8js_gc_count: 3,
        v8js_gc_duration: 0.0045,
        v8js_gc_duration_max: 0.002,
        v8js_gc_observed: 10,
        v8js_resource_active: 7,
        nodejs_eventloop_delay_p50: 0.00015,
        nodejs_eventloop_delay_p99: 0.004,
        nodejs_eventloop_delay_max: 0.012345,
        nodejs_eventloop_utilization_percent: 8,
      },
    ]);
  });

  it('stand, each sample once, in the first entry that is not before them', () => {
    const reported = pidsReported(
      [10_000, 20_000],
      [
        aRuntimeSample({ pid: 1, timestampMs: 9_000 }),
        aRuntimeSample({ pid: 1, timestampMs: 10_000 }),
        aRuntimeSample({ pid: 2, timestampMs: 10_000 }),
        aRuntimeSample({ pid: 2, timestampMs: 11_000 }),
        aRuntimeSample({ pid: 2, timestampMs: 20_000, threadId: 3 }),
      ],
    );
    expect(reported).toEqual([
      [10_000, 15.2, ['1/0 of 2', '2/0 of 1']],
      [20_000, 15.2, ['2/0 of 1', '2/3 of 1']],
    ]);
  });

  it('have entries of their own past the last sample of the host', () => {
    const reported = pidsReported(
      [10_000],
      [
        aRuntimeSample({ pid: 1, timestampMs: 30_000 }),
        aRuntimeSample({ pid: 2, timestampMs: 30_000 }),
        aRuntimeSample({ pid: 1, timestampMs: 20_000 }),
      ],
    );
    expect(reported).toEqual([
      [10_000, 15.2, []],
      [20_000, null, ['1/0 of 1']],
      [30_000, null, ['1/0 of 1', '2/0 of 1']],
    ]);
  });
});

/** Of each entry its time, a figure of the host, and the processes with how many intervals of theirs it tells. */
function pidsReported(hostAtMs: readonly number[], samples: readonly RuntimeSample[]): unknown {
  const window = windowOf([]);
  for (const timestampMs of hostAtMs) window.addSample(aSample({ timestampMs }));
  for (const sample of samples) window.addRuntimeSample(sample);
  return systemMetricsReport(window).map((entry) => [
    Date.parse(entry.timestamp),
    entry.cpu_percent,
    entry.processes.map(({ pid, thread_id, interval }) => `${pid}/${thread_id} of ${interval / 10}`),
  ]);
}
