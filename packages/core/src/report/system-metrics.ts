import type { SystemSample } from '../record.ts';
import type { RuntimeSample } from '../runtime-sample.ts';
import type { Window } from '../window.ts';
import { type ProcessReport, processReports } from './processes.ts';
import { rounded } from './rounded.ts';
import { timestamp } from './timestamp.ts';

/** The host and the processes on it at one moment; a figure that the host does not give is null. */
export interface SystemMetricReport {
  timestamp: string;
  cpu_percent: number | null;
  memory_percent: number | null;
  /** Bytes. */
  memory_available: number | null;
  disk_percent: number | null;
  /** Bytes. */
  disk_free: number | null;
  /** Those that took a sample since the entry before. */
  processes: ProcessReport[];
}

/**
 * Oldest first. Each sample of a process is in one entry: in that of the first sample of the host that is not before
 * it. What is later than all of those has entries without figures of the host.
 */
export function systemMetricsReport(window: Window): SystemMetricReport[] {
  return [...systemMetricEntries(window)];
}

/** The same, one after the other as they are asked for. */
export function* systemMetricEntries(window: Window): Generator<SystemMetricReport, void, undefined> {
  const ofProcesses = window.runtimeSamples.list().sort((a, b) => a.timestampMs - b.timestampMs);
  let told = 0;
  const upTo = (timestampMs: number): RuntimeSample[] => {
    const from = told;
    while ((ofProcesses[told]?.timestampMs ?? Number.POSITIVE_INFINITY) <= timestampMs) told++;
    return ofProcesses.slice(from, told);
  };
  for (const sample of window.systemSamples.list()) yield entryOf(sample, upTo(sample.timestampMs));
  while (told < ofProcesses.length) {
    const { timestampMs } = ofProcesses[told]!;
    yield entryOf({ ...UNKNOWN, timestampMs }, upTo(timestampMs));
  }
}

const UNKNOWN = {
  cpuPercent: null,
  memoryPercent: null,
  memoryAvailableBytes: null,
  diskPercent: null,
  diskFreeBytes: null,
};

function entryOf(host: SystemSample, ofProcesses: readonly RuntimeSample[]): SystemMetricReport {
  return {
    timestamp: timestamp(host.timestampMs),
    cpu_percent: percent(host.cpuPercent),
    memory_percent: percent(host.memoryPercent),
    memory_available: bytes(host.memoryAvailableBytes),
    disk_percent: percent(host.diskPercent),
    disk_free: bytes(host.diskFreeBytes),
    processes: processReports(ofProcesses),
  };
}

function percent(value: number | null): number | null {
  return value === null ? null : rounded(value, 4);
}

function bytes(value: number | null): number | null {
  return value === null ? null : rounded(value, 0);
}
