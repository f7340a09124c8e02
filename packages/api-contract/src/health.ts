import * as v from 'valibot';
import { described } from './described.ts';
import { Bytes, Count, Seconds, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

export const DegradationSchema = described(
  v.object({
    code: described(
      v.picklist(['closed', 'unavailable', 'over_cap', 'not_exported']),
      'A name for programs, which stays.',
    ),
    text: described(v.string(), 'A line for people.'),
  }),
  'Why something is degraded.',
);

export const StoreHealthSchema = v.object({
  kind: v.picklist(['memory', 'file']),
  location: described(v.nullable(v.string()), "The file's absolute path; null in memory."),
  state: described(
    v.picklist(['ok', 'degraded']),
    '`degraded`: tacho does what it still can, and nothing is lost that fits into memory meanwhile.',
  ),
  reason: described(v.nullable(DegradationSchema), 'Null while all is well.'),
  rows: Count,
  bytes: described(Bytes, 'What the store takes up, in memory or on the disk.'),
  max_bytes: described(Bytes, 'What it may take up.'),
  oldest: described(v.nullable(Timestamp), 'From when on something is stored; null where nothing is.'),
  newest: described(v.nullable(Timestamp), 'Until when something is stored; null where nothing is.'),
  encryption: described(
    v.picklist(['off', 'on', 'rotating']),
    '`rotating` while rows under an earlier key, or none, are being written anew.',
  ),
  waiting_rows: described(Count, 'Rows that wait in memory until they can be stored.'),
  leader: described(
    v.boolean(),
    'Whether the process that answers is the one that maintains the store, of all that share it.',
  ),
  leader_pid: described(v.nullable(Count), 'The process id of the one that does; null until it is known.'),
  backups: described(
    v.nullable(v.object({ every_seconds: Seconds, folder: described(v.string(), 'An absolute path.') })),
    'How often the file is copied, and to where; null where it is not.',
  ),
  processes: described(
    Count,
    'Processes and worker threads that have stored something in the last half minute: all that answers are of.',
  ),
});

export const SpanExportHealthSchema = described(
  v.object({
    produced: described(Count, 'Spans that have ended and were to be exported.'),
    sent: described(Count, 'Taken by the backend.'),
    queued: described(Count, 'Waiting, or under way.'),
    dropped: Count,
    dropped_because: described(
      v.object({
        queue_full: Count,
        refused: Count,
        timed_out: Count,
        failed: Count,
        shut_down: Count,
      }),
      'The same by reason.',
    ),
    not_held: described(
      Count,
      'Not among the produced: let go for want of room before it was known whether their request is exported.',
    ),
  }),
  'What became of spans. `produced` is `sent + queued + dropped`, at every moment.',
);

export const MetricExportHealthSchema = described(
  v.object({ sent: Count, failed: Count }),
  'Exports of metrics: each is of all of them at one moment.',
);

export const ExportHealthSchema = v.object({
  state: described(
    v.picklist(['ok', 'degraded']),
    '`degraded`: the last try to export came to nothing. The statistics have all of it.',
  ),
  reason: v.nullable(DegradationSchema),
  spans: described(v.nullable(SpanExportHealthSchema), 'Null where no spans are exported.'),
  metrics: described(v.nullable(MetricExportHealthSchema), 'Null where no metrics are.'),
});

export const ProcessHealthSchema = v.object({
  version: described(v.string(), "tacho's own."),
  node: described(v.string(), 'The version of Node.'),
  pid: Count,
  started: described(Timestamp, 'When tacho was.'),
  now: described(Timestamp, 'By the clock of this process.'),
  traces: described(v.picklist(['on', 'off']), 'Whether requests have spans.'),
  http: described(v.picklist(['lean', 'standard']), 'What makes the spans of requests.'),
});

export const NoticesSchema = described(
  v.object({
    count: described(Count, 'Of all since the start.'),
    latest: described(
      v.array(
        v.object({
          level: v.picklist(['warn', 'error']),
          timestamp: described(Timestamp, 'Of several that say the same, that of the last.'),
          text: described(v.string(), 'A line for people.'),
          count: described(Count, 'How often it was said.'),
        }),
      ),
      'At most 20, each text once; the one said last comes last.',
    ),
  }),
  'What tacho has warned of, in the log or not.',
);

const statusEntries = {
  status: described(v.picklist(['ok', 'degraded']), '`ok` where every part is.'),
};

export const HealthStatusSchema = described(
  v.strictObject(statusEntries),
  'What a stranger is told: data of nobody.',
);

export const FullHealthSchema = described(
  v.object({
    ...statusEntries,
    store: StoreHealthSchema,
    export: described(v.nullable(ExportHealthSchema), 'Null where nothing is exported.'),
    process: described(ProcessHealthSchema, 'The one that answers.'),
    notices: described(v.nullable(NoticesSchema), 'Null to viewers.'),
  }),
  'What viewers and admins are told.',
);

/** `GET /api/performance/health` */
export const HealthSchema = described(
  v.union([FullHealthSchema, HealthStatusSchema]),
  "Of tacho itself; the host's is in the summary.",
);

export type Degradation = v.InferOutput<typeof DegradationSchema>;
export type StoreHealth = v.InferOutput<typeof StoreHealthSchema>;
export type ExportHealth = v.InferOutput<typeof ExportHealthSchema>;
export type ProcessHealth = v.InferOutput<typeof ProcessHealthSchema>;
export type NoticesReport = v.InferOutput<typeof NoticesSchema>;
export type HealthStatus = v.InferOutput<typeof HealthStatusSchema>;
export type FullHealth = v.InferOutput<typeof FullHealthSchema>;
export type Health = v.InferOutput<typeof HealthSchema>;

/** Of what viewers and admins are told. */
export const validateHealth = validator(FullHealthSchema);
