import * as v from 'valibot';
import { coverageEntries } from './coverage.ts';
import { described } from './described.ts';
import { Count, Percent, Seconds, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

const figureEntries = {
  count: described(Count, 'Completed requests; times and errors are of these.'),
  total_time: Seconds,
  avg_time: described(v.nullable(Seconds), 'Null where no request was completed.'),
  p95: described(v.nullable(Seconds), 'Null where no request was completed.'),
  errors: Count,
  error_rate: described(Percent, 'Percentage of `count`; 0 where no request was completed.'),
  aborted: Count,
  streamed: Count,
  slow_requests: described(Count, 'Longer than 2 s.'),
};

export const UserFiguresSchema = v.object(figureEntries);

export const UserSchema = v.object({
  user: described(v.string(), 'A pseudonym, never a name or an address.'),
  key_period: described(v.nullable(v.string()), 'Whose id the pseudonym begins with.'),
  ...figureEntries,
});

export const KeyPeriodSchema = described(
  v.object({
    id: v.string(),
    from: described(v.nullable(Timestamp), "Null where the key is no longer known, or is another process's."),
    to: described(v.nullable(Timestamp), 'Null where that is not known, and while the key is in use.'),
  }),
  'For as long as a key is in use, users have the same pseudonym; then they get another one.',
);

/** `GET /api/performance/users` */
export const UsersSchema = v.object({
  users: described(v.array(UserSchema), 'Most requests first.'),
  others: described(
    UserFiguresSchema,
    'All other users together: those past the limit, and those too light to be told apart.',
  ),
  key_periods: described(
    v.array(KeyPeriodSchema),
    'Those that the pseudonyms in this range are of: a person is another user in each.',
  ),
  ...coverageEntries,
});

export type User = v.InferOutput<typeof UserSchema>;
export type KeyPeriod = v.InferOutput<typeof KeyPeriodSchema>;
export type Users = v.InferOutput<typeof UsersSchema>;

export const validateUsers = validator(UsersSchema);
