import * as v from 'valibot';
import { Seconds, Timestamp } from './quantities.ts';
import { validator } from './validation.ts';

export const SlowRequestSchema = v.object({
  /** When the request's headers had arrived. */
  timestamp: Timestamp,
  /** The route alone. */
  endpoint: v.string(),
  method: v.string(),
  response_time: Seconds,
  status_code: v.pipe(v.number(), v.safeInteger()),
  /** A pseudonym, never an address; null where no user is known. */
  user_email: v.nullable(v.string()),
  /** Lower-case hex, 32 digits; null where the request had no trace. */
  trace_id: v.nullable(v.string()),
});

/** `GET /api/performance/slow-requests`, slowest first. */
export const SlowRequestsSchema = v.array(SlowRequestSchema);

export type SlowRequest = v.InferOutput<typeof SlowRequestSchema>;
export type SlowRequests = v.InferOutput<typeof SlowRequestsSchema>;

export const validateSlowRequests = validator(SlowRequestsSchema);
