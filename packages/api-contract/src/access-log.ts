import * as v from 'valibot';
import { Count, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

/** One request of the admin API, or several of one kind. */
export const AccessLogEntrySchema = v.object({
  /** Of several, that of the last. */
  timestamp: Timestamp,
  /** The name of a token, or a pseudonym; null for a stranger. */
  who: v.nullable(v.string()),
  role: v.nullable(v.picklist(['admin', 'viewer'])),
  /** The client's address, cut to a /24 (IPv6: a /48). */
  network: v.nullable(v.string()),
  method: v.nullable(v.string()),
  /** Which resource, as a path template; null where it is none. */
  operation: v.nullable(v.string()),
  status: v.nullable(v.pipe(v.number(), v.safeInteger())),
  /**
   * Why it was refused. `many_kinds` stands for requests of more kinds than a minute has entries for, `not_recorded`
   * for entries that could not be stored, `unreadable` for one that this version can't read.
   */
  reason: v.nullable(v.string()),
  /** How many requests. */
  count: Count,
});

/** `GET /api/performance/access-log`, latest first. */
export const AccessLogSchema = v.array(AccessLogEntrySchema);

export const AccessLogFaultSchema = v.object({
  /** Of the entry, counted from 1 in the order in which entries were stored. */
  position: v.pipe(v.number(), v.safeInteger()),
  kind: v.picklist(['changed', 'missing', 'added', 'hidden', 'unknown head']),
  /** Whose entry it is, and its number among theirs; null where there is none. */
  writer: v.nullable(v.string()),
  sequence: v.nullable(v.pipe(v.number(), v.safeInteger())),
});

/** `GET /api/performance/access-log/verify` */
export const AccessLogVerificationSchema = v.object({
  intact: v.boolean(),
  entries: Count,
  /** Null where there is no entry. */
  oldest: v.nullable(Timestamp),
  newest: v.nullable(Timestamp),
  /** The end of the chain, to be kept elsewhere and handed in another time. */
  head: v.string(),
  /** Whether the head that was handed in is still in the chain; null where none was, `dropped` where its entry is gone by age. */
  kept_head: v.nullable(v.picklist(['found', 'unknown', 'dropped'])),
  fault_count: Count,
  /** The first 20. */
  faults: v.array(AccessLogFaultSchema),
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
