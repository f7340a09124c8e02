import type { SystemMetrics } from '@tacho/api-contract';

/** The largest of each figure of the latest processes; null where there are none. */
export interface BusiestProcess {
  /** Seconds by which the event loop's timers were late, at most, but for one in a hundred. */
  readonly loopDelayP99: number | null;
  readonly heapUsedBytes: number | null;
}

export function busiestProcess(metrics: SystemMetrics): BusiestProcess {
  const processes = metrics.findLast((entry) => entry.processes.length > 0)?.processes;
  if (processes === undefined) return { loopDelayP99: null, heapUsedBytes: null };
  return {
    loopDelayP99: Math.max(...processes.map((process) => process.nodejs_eventloop_delay_p99)),
    heapUsedBytes: Math.max(...processes.map((process) => process.v8js_memory_heap_used)),
  };
}
