import { JsonFields } from './json-fields.ts';
import type { SystemSample } from './record.ts';
import { isValidSample } from './validity.ts';

/** A sample of the host as JSON. Percentages are of 100; a figure that the host did not give is null. */
export interface SystemSampleJson {
  readonly timestamp_ms: number;
  readonly cpu_percent: number | null;
  readonly memory_percent: number | null;
  readonly memory_available_bytes: number | null;
  readonly disk_percent: number | null;
  readonly disk_free_bytes: number | null;
}

const FIELDS = [
  'timestamp_ms',
  'cpu_percent',
  'memory_percent',
  'memory_available_bytes',
  'disk_percent',
  'disk_free_bytes',
] as const satisfies (keyof SystemSampleJson)[];

export function systemSampleJson(sample: SystemSample): SystemSampleJson {
  return {
    timestamp_ms: sample.timestampMs,
    cpu_percent: sample.cpuPercent,
    memory_percent: sample.memoryPercent,
    memory_available_bytes: sample.memoryAvailableBytes,
    disk_percent: sample.diskPercent,
    disk_free_bytes: sample.diskFreeBytes,
  };
}

/**
 * @param path where the value stands, for messages
 * @throws TachoError `TACHO_BAD_DATA`
 */
export function systemSampleOfJson(value: unknown, path: string): SystemSample {
  const fields = new JsonFields(value, path, FIELDS);
  const figure = (name: (typeof FIELDS)[number]) => (fields.isNull(name) ? null : fields.number(name));
  const sample: SystemSample = {
    timestampMs: fields.number('timestamp_ms'),
    cpuPercent: figure('cpu_percent'),
    memoryPercent: figure('memory_percent'),
    memoryAvailableBytes: figure('memory_available_bytes'),
    diskPercent: figure('disk_percent'),
    diskFreeBytes: figure('disk_free_bytes'),
  };
  if (!isValidSample(sample)) throw fields.bad('timestamp_ms', 'a system sample has a number that is none');
  return sample;
}
