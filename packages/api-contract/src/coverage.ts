import * as v from 'valibot';
import { described } from './described.ts';
import { Timestamp } from './quantities.ts';

/** What an answer is made from; the headers of every answer that covers a range say the same. */
export const coverageEntries = {
  from: described(Timestamp, 'The range, its bounds moved outwards to whole units of `resolution`.'),
  to: described(Timestamp, 'Excluded; now, where the end is open.'),
  resolution: v.picklist(['minute', 'hour', 'day']),
  partial: described(
    v.boolean(),
    'Something is missing: stored rows that were damaged, or that could not be read now.',
  ),
};
