import * as v from 'valibot';
import { Bytes, Percent, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

/** The host at one moment; a figure that the host does not give is null. */
export const SystemMetricSchema = v.object({
  timestamp: Timestamp,
  cpu_percent: v.nullable(Percent),
  memory_percent: v.nullable(Percent),
  memory_available: v.nullable(Bytes),
  disk_percent: v.nullable(Percent),
  disk_free: v.nullable(Bytes),
});

/** `GET /api/performance/system-metrics`, oldest first. */
export const SystemMetricsSchema = v.array(SystemMetricSchema);

export type SystemMetric = v.InferOutput<typeof SystemMetricSchema>;
export type SystemMetrics = v.InferOutput<typeof SystemMetricsSchema>;

export const validateSystemMetrics = validator(SystemMetricsSchema);
