import * as v from 'valibot';
import { described } from './described.ts';
import { Bytes, Count, Percent, Seconds, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

export const ProcessMetricSchema = described(
  v.object({
    pid: Count,
    thread_id: Count,
    interval: Seconds,
    process_uptime: Seconds,
    process_cpu_utilization_percent: Percent,
    process_memory_usage: Bytes,
    v8js_memory_heap_used: Bytes,
    v8js_memory_heap_limit: Bytes,
    v8js_memory_external: Bytes,
    v8js_gc_count: Count,
    v8js_gc_duration: Seconds,
    v8js_gc_duration_max: Seconds,
    v8js_gc_observed: Seconds,
    v8js_resource_active: Count,
    nodejs_eventloop_delay_p50: Seconds,
    nodejs_eventloop_delay_p99: Seconds,
    nodejs_eventloop_delay_max: Seconds,
    nodejs_eventloop_utilization_percent: Percent,
  }),
  "The Node runtime of one thread of one process. The names are those of OpenTelemetry's semantic conventions. What has a sum, a largest or a share is of the `interval` that ended at the entry's time.",
);

export const SystemMetricSchema = described(
  v.object({
    timestamp: Timestamp,
    cpu_percent: v.nullable(Percent),
    memory_percent: v.nullable(Percent),
    memory_available: v.nullable(Bytes),
    disk_percent: v.nullable(Percent),
    disk_free: v.nullable(Bytes),
    processes: v.array(ProcessMetricSchema),
  }),
  'The host at one moment, and the processes; a figure that the host does not give is null.',
);

/** `GET /api/performance/system-metrics` */
export const SystemMetricsSchema = described(v.array(SystemMetricSchema), 'Oldest first.');

export type SystemMetric = v.InferOutput<typeof SystemMetricSchema>;
export type ProcessMetric = v.InferOutput<typeof ProcessMetricSchema>;
export type SystemMetrics = v.InferOutput<typeof SystemMetricsSchema>;

export const validateSystemMetrics = validator(SystemMetricsSchema);
