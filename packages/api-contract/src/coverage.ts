import * as v from 'valibot';
import { Timestamp } from './quantities.ts';

/** What an answer is made from; the headers of every answer that covers a range say the same. */
export const coverageEntries = {
  /** The range, its bounds moved outwards to whole units of `resolution`. */
  from: Timestamp,
  /** Excluded; now, where the end is open. */
  to: Timestamp,
  resolution: v.picklist(['minute', 'hour', 'day']),
  /** Something is missing: stored rows that were damaged, or that could not be read now. */
  partial: v.boolean(),
};
