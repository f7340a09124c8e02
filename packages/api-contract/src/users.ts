import * as v from 'valibot';
import { coverageEntries } from './coverage.ts';
import { Count, Percent, Seconds, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

const figureEntries = {
  /** Completed requests; times and errors are of these. */
  count: Count,
  total_time: Seconds,
  /** These two are null where no request was completed. */
  avg_time: v.nullable(Seconds),
  p95: v.nullable(Seconds),
  errors: Count,
  /** Percentage of `count`; 0 where no request was completed. */
  error_rate: Percent,
  aborted: Count,
  streamed: Count,
  /** Longer than 2 s. */
  slow_requests: Count,
};

export const UserSchema = v.object({
  /** A pseudonym, never a name or an address. */
  user: v.string(),
  /** Whose id the pseudonym begins with. */
  key_period: v.nullable(v.string()),
  ...figureEntries,
});

/** For as long as a key is in use, users have the same pseudonym; then they get another one. */
export const KeyPeriodSchema = v.object({
  id: v.string(),
  /** Null where the key is no longer known, or is another process's. */
  from: v.nullable(Timestamp),
  /** Null where that is not known, and while the key is in use. */
  to: v.nullable(Timestamp),
});

/** `GET /api/performance/users` */
export const UsersSchema = v.object({
  /** Most requests first. */
  users: v.array(UserSchema),
  /** All other users together: those past the limit, and those too light to be told apart. */
  others: v.object(figureEntries),
  /** Those that the pseudonyms in this range are of: a person is another user in each. */
  key_periods: v.array(KeyPeriodSchema),
  ...coverageEntries,
});

export type User = v.InferOutput<typeof UserSchema>;
export type KeyPeriod = v.InferOutput<typeof KeyPeriodSchema>;
export type Users = v.InferOutput<typeof UsersSchema>;

export const validateUsers = validator(UsersSchema);
