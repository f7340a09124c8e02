import { joinedRuntimeSamples, type RuntimeSample } from '../runtime-sample.ts';
import { rounded } from './rounded.ts';
import { seconds } from './seconds.ts';

/**
 * The Node runtime of one thread of one process, named after OpenTelemetry's semantic conventions. Times are seconds,
 * sizes bytes. Resident memory and CPU are of the whole process. What has a sum, a largest or a share is of the
 * `interval` that ended at the entry's timestamp.
 */
export interface ProcessReport {
  pid: number;
  /** 0 is the main thread. */
  thread_id: number;
  interval: number;
  process_uptime: number;
  /** Of the CPUs that the process may use, 0 to 100. */
  process_cpu_utilization_percent: number;
  process_memory_usage: number;
  v8js_memory_heap_used: number;
  v8js_memory_heap_limit: number;
  v8js_memory_external: number;
  v8js_gc_count: number;
  /** All pauses together. */
  v8js_gc_duration: number;
  v8js_gc_duration_max: number;
  /** How much of the interval collections were counted in. */
  v8js_gc_observed: number;
  v8js_resource_active: number;
  nodejs_eventloop_delay_p50: number;
  nodejs_eventloop_delay_p99: number;
  nodejs_eventloop_delay_max: number;
  /** 0 to 100. */
  nodejs_eventloop_utilization_percent: number;
}

export function processReport(sample: RuntimeSample): ProcessReport {
  return {
    pid: sample.pid,
    thread_id: sample.threadId,
    interval: secondsOfUs(sample.intervalUs),
    process_uptime: secondsOfUs(sample.uptimeUs),
    process_cpu_utilization_percent: percentOf(sample.cpuUs, sample.intervalUs * sample.processors),
    process_memory_usage: sample.residentBytes,
    v8js_memory_heap_used: sample.heapUsedBytes,
    v8js_memory_heap_limit: sample.heapLimitBytes,
    v8js_memory_external: sample.externalBytes,
    v8js_gc_count: sample.gcCount,
    v8js_gc_duration: secondsOfUs(sample.gcPauseUs),
    v8js_gc_duration_max: secondsOfUs(sample.gcLongestUs),
    v8js_gc_observed: secondsOfUs(sample.gcWatchedUs),
    v8js_resource_active: sample.activeResources,
    nodejs_eventloop_delay_p50: secondsOfUs(sample.loopDelayP50Us),
    nodejs_eventloop_delay_p99: secondsOfUs(sample.loopDelayP99Us),
    nodejs_eventloop_delay_max: secondsOfUs(sample.loopDelayMaxUs),
    nodejs_eventloop_utilization_percent: percentOf(sample.loopActiveUs, sample.intervalUs),
  };
}

/** One report for each source, in the order in which they come. */
export function processReports(samples: readonly RuntimeSample[]): ProcessReport[] {
  const bySource = new Map<string, RuntimeSample>();
  for (const sample of samples) {
    const key = `${sample.startMs} ${sample.pid} ${sample.threadId}`;
    const known = bySource.get(key);
    bySource.set(key, known === undefined ? sample : joinedRuntimeSamples(known, sample));
  }
  return [...bySource.values()].map(processReport);
}

function secondsOfUs(us: number): number {
  return seconds(us / 1000);
}

function percentOf(part: number, whole: number): number {
  return whole > 0 ? rounded(Math.min(100, (100 * part) / whole), 4) : 0;
}
