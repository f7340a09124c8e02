import * as v from 'valibot';
import { described } from './described.ts';
import { Seconds, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

export const SlowRequestSchema = v.object({
  timestamp: described(Timestamp, "When the request's headers had arrived."),
  endpoint: described(v.string(), 'The route alone.'),
  method: v.string(),
  response_time: Seconds,
  status_code: v.pipe(v.number(), v.safeInteger()),
  user_email: described(
    v.nullable(v.string()),
    'A pseudonym, never an address; null where no user is known.',
  ),
  trace_id: described(
    v.nullable(v.string()),
    'Lower-case hex, 32 digits; null where the request had no trace.',
  ),
});

/** `GET /api/performance/slow-requests` */
export const SlowRequestsSchema = described(
  v.array(SlowRequestSchema),
  'Slowest first, unless another order was asked for.',
);

export type SlowRequest = v.InferOutput<typeof SlowRequestSchema>;
export type SlowRequests = v.InferOutput<typeof SlowRequestsSchema>;

export const validateSlowRequests = validator(SlowRequestsSchema);
