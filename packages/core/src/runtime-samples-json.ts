import { JsonFields } from './json-fields.ts';
import { isValidRuntimeSample, NO_FIGURES, RUNTIME_FIGURES, type RuntimeSample } from './runtime-sample.ts';

/** A sample of a process as JSON: bytes, microseconds and numbers of things, all of them integers. */
export interface RuntimeSampleJson {
  readonly timestamp_ms: number;
  readonly start_ms: number;
  readonly pid: number;
  readonly thread_id: number;
  readonly uptime_us: number;
  readonly resident_bytes: number;
  readonly heap_used_bytes: number;
  readonly heap_limit_bytes: number;
  readonly external_bytes: number;
  readonly active_resources: number;
  readonly processors: number;
  readonly samples: number;
  readonly interval_us: number;
  readonly cpu_us: number;
  readonly loop_active_us: number;
  readonly gc_count: number;
  readonly gc_pause_us: number;
  readonly gc_watched_us: number;
  readonly gc_longest_us: number;
  readonly loop_delay_p50_us: number;
  readonly loop_delay_p99_us: number;
  readonly loop_delay_max_us: number;
}

/** What each figure is called. */
const NAMES = {
  uptimeUs: 'uptime_us',
  residentBytes: 'resident_bytes',
  heapUsedBytes: 'heap_used_bytes',
  heapLimitBytes: 'heap_limit_bytes',
  externalBytes: 'external_bytes',
  activeResources: 'active_resources',
  processors: 'processors',
  samples: 'samples',
  intervalUs: 'interval_us',
  cpuUs: 'cpu_us',
  loopActiveUs: 'loop_active_us',
  gcCount: 'gc_count',
  gcPauseUs: 'gc_pause_us',
  gcWatchedUs: 'gc_watched_us',
  gcLongestUs: 'gc_longest_us',
  loopDelayP50Us: 'loop_delay_p50_us',
  loopDelayP99Us: 'loop_delay_p99_us',
  loopDelayMaxUs: 'loop_delay_max_us',
} as const satisfies Record<(typeof RUNTIME_FIGURES)[number], keyof RuntimeSampleJson>;

const FIELDS = ['timestamp_ms', 'start_ms', 'pid', 'thread_id', ...Object.values(NAMES)] as const;

export function runtimeSampleJson(sample: RuntimeSample): RuntimeSampleJson {
  const { timestampMs, startMs, pid, threadId } = sample;
  const figures = Object.fromEntries(RUNTIME_FIGURES.map((name) => [NAMES[name], sample[name]]));
  return {
    timestamp_ms: timestampMs,
    start_ms: startMs,
    pid,
    thread_id: threadId,
    ...(figures as Record<(typeof NAMES)[keyof typeof NAMES], number>),
  };
}

/**
 * @param path where the value stands, for messages
 * @throws TachoError `TACHO_BAD_DATA`
 */
export function runtimeSampleOfJson(value: unknown, path: string): RuntimeSample {
  const fields = new JsonFields(value, path, FIELDS);
  const sample = {
    timestampMs: fields.number('timestamp_ms'),
    startMs: fields.number('start_ms'),
    pid: fields.count('pid'),
    threadId: fields.count('thread_id'),
    ...NO_FIGURES,
  };
  for (const name of RUNTIME_FIGURES) sample[name] = fields.count(NAMES[name]);
  if (!isValidRuntimeSample(sample))
    throw fields.bad('timestamp_ms', 'a sample of a process has a number that is none');
  return sample;
}
