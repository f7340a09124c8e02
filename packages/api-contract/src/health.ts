import * as v from 'valibot';
import { Bytes, Count, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

/** Why something is degraded: a name for programs, which stays, and a line for people. */
export const DegradationSchema = v.object({
  code: v.picklist(['closed', 'unavailable', 'over_cap', 'not_exported']),
  text: v.string(),
});

export const StoreHealthSchema = v.object({
  kind: v.picklist(['memory', 'file']),
  /** The file's absolute path; null in memory. */
  location: v.nullable(v.string()),
  /** `degraded`: tacho does what it still can, and nothing is lost that fits into memory meanwhile. */
  state: v.picklist(['ok', 'degraded']),
  /** Null while all is well. */
  reason: v.nullable(DegradationSchema),
  rows: Count,
  /** What the store takes up, in memory or on the disk, and what it may. */
  bytes: Bytes,
  max_bytes: Bytes,
  /** From when to when something is stored; null where nothing is. */
  oldest: v.nullable(Timestamp),
  newest: v.nullable(Timestamp),
  /** `rotating` while rows under an earlier key, or none, are being written anew. */
  encryption: v.picklist(['off', 'on', 'rotating']),
  /** Rows that wait in memory until they can be stored. */
  waiting_rows: Count,
  /** Whether the process that answers is the one that maintains the store, of all that share it. */
  leader: v.boolean(),
  /** The process id of the one that does; null until it is known. */
  leader_pid: v.nullable(Count),
  /** Processes and worker threads that have stored something in the last half minute: all that answers are of. */
  processes: Count,
});

/** What became of spans. `produced` is `sent + queued + dropped`, at every moment. */
export const SpanExportHealthSchema = v.object({
  /** Spans that have ended and were to be exported. */
  produced: Count,
  /** Taken by the backend. */
  sent: Count,
  /** Waiting, or under way. */
  queued: Count,
  dropped: Count,
  /** The same by reason. */
  dropped_because: v.object({
    queue_full: Count,
    refused: Count,
    timed_out: Count,
    failed: Count,
    shut_down: Count,
  }),
  /** Not among the produced: let go for want of room before it was known whether their request is exported. */
  not_held: Count,
});

/** Exports of metrics: each is of all of them at one moment. */
export const MetricExportHealthSchema = v.object({ sent: Count, failed: Count });

export const ExportHealthSchema = v.object({
  /** `degraded`: the last try to export came to nothing. The statistics have all of it. */
  state: v.picklist(['ok', 'degraded']),
  reason: v.nullable(DegradationSchema),
  /** Null where no spans are exported. */
  spans: v.nullable(SpanExportHealthSchema),
  /** Null where no metrics are. */
  metrics: v.nullable(MetricExportHealthSchema),
});

const statusEntries = {
  /** `ok` where every part is. */
  status: v.picklist(['ok', 'degraded']),
};

/** What a stranger is told: data of nobody. */
export const HealthStatusSchema = v.strictObject(statusEntries);

/** What viewers and admins are told. */
export const FullHealthSchema = v.object({
  ...statusEntries,
  store: StoreHealthSchema,
  /** Null where nothing is exported. */
  export: v.nullable(ExportHealthSchema),
});

/** `GET /api/performance/health`: of tacho itself. The host's is in the summary. */
export const HealthSchema = v.union([FullHealthSchema, HealthStatusSchema]);

export type Degradation = v.InferOutput<typeof DegradationSchema>;
export type StoreHealth = v.InferOutput<typeof StoreHealthSchema>;
export type ExportHealth = v.InferOutput<typeof ExportHealthSchema>;
export type HealthStatus = v.InferOutput<typeof HealthStatusSchema>;
export type FullHealth = v.InferOutput<typeof FullHealthSchema>;
export type Health = v.InferOutput<typeof HealthSchema>;

/** Of what viewers and admins are told. */
export const validateHealth = validator(FullHealthSchema);
