import * as v from 'valibot';
import { described } from './described.ts';
import { Count, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

export const AccessLogEntrySchema = described(
  v.object({
    timestamp: described(Timestamp, 'Of several, that of the last.'),
    who: described(v.nullable(v.string()), 'The name of a token, or a pseudonym; null for a stranger.'),
    role: v.nullable(v.picklist(['admin', 'viewer'])),
    network: described(v.nullable(v.string()), "The client's address, cut to a /24 (IPv6: a /48)."),
    method: v.nullable(v.string()),
    operation: described(
      v.nullable(v.string()),
      'Which resource, as a path template; null where it is none.',
    ),
    target: described(
      v.nullable(v.string()),
      'Of a change, what it was made to: the id of a silence; null where there is none.',
    ),
    status: v.nullable(v.pipe(v.number(), v.safeInteger())),
    reason: described(
      v.nullable(v.string()),
      'Why it was refused. `many_kinds` stands for requests of more kinds than a minute has entries for, `not_recorded` for entries that could not be stored, `unreadable` for one that this version cannot read.',
    ),
    count: described(Count, 'How many requests.'),
  }),
  'One request of the admin API, or several of one kind. Each request for a change has an entry of its own.',
);

/** `GET /api/performance/access-log` */
export const AccessLogSchema = described(v.array(AccessLogEntrySchema), 'Latest first.');

export const AccessLogFaultSchema = v.object({
  position: described(
    v.pipe(v.number(), v.safeInteger()),
    'Of the entry, counted from 1 in the order in which entries were stored.',
  ),
  kind: v.picklist(['changed', 'missing', 'added', 'hidden', 'unknown head']),
  writer: described(
    v.nullable(v.string()),
    'Whose entry it is, and its number among theirs; null where there is none.',
  ),
  sequence: v.nullable(v.pipe(v.number(), v.safeInteger())),
});

/** `GET /api/performance/access-log/verify` */
export const AccessLogVerificationSchema = v.object({
  intact: v.boolean(),
  entries: Count,
  oldest: described(v.nullable(Timestamp), 'Null where there is no entry.'),
  newest: v.nullable(Timestamp),
  head: described(v.string(), 'The end of the chain, to be kept elsewhere and handed in another time.'),
  kept_head: described(
    v.nullable(v.picklist(['found', 'unknown', 'dropped'])),
    'Whether the head that was handed in is still in the chain; null where none was, `dropped` where its entry is gone by age.',
  ),
  fault_count: Count,
  faults: described(v.array(AccessLogFaultSchema), 'The first 20.'),
});

/** A head, as a query hands it in. */
export const AccessLogHead = v.pipe(
  v.string(),
  v.regex(/^\d{1,16}-[0-9a-f]{64}$/, 'a head that an earlier verification gave'),
);

export type AccessLogEntry = v.InferOutput<typeof AccessLogEntrySchema>;
export type AccessLog = v.InferOutput<typeof AccessLogSchema>;
export type AccessLogFault = v.InferOutput<typeof AccessLogFaultSchema>;
export type AccessLogVerification = v.InferOutput<typeof AccessLogVerificationSchema>;

export const validateAccessLog = validator(AccessLogSchema);
export const validateAccessLogVerification = validator(AccessLogVerificationSchema);
