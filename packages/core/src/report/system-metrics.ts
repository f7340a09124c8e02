import type { SystemSample } from '../record.ts';
import type { Window } from '../window.ts';
import { rounded } from './rounded.ts';
import { timestamp } from './timestamp.ts';

/** The host at one moment; a figure that it does not give is null. */
export interface SystemMetricReport {
  timestamp: string;
  cpu_percent: number | null;
  memory_percent: number | null;
  /** Bytes. */
  memory_available: number | null;
  disk_percent: number | null;
  /** Bytes. */
  disk_free: number | null;
}

/** Oldest first. */
export function systemMetricsReport(window: Window): SystemMetricReport[] {
  return window.systemSamples.list().map(oneSample);
}

function oneSample(sample: SystemSample): SystemMetricReport {
  return {
    timestamp: timestamp(sample.timestampMs),
    cpu_percent: percent(sample.cpuPercent),
    memory_percent: percent(sample.memoryPercent),
    memory_available: bytes(sample.memoryAvailableBytes),
    disk_percent: percent(sample.diskPercent),
    disk_free: bytes(sample.diskFreeBytes),
  };
}

function percent(value: number | null): number | null {
  return value === null ? null : rounded(value, 4);
}

function bytes(value: number | null): number | null {
  return value === null ? null : rounded(value, 0);
}
