import { listOf } from './list-rule.ts';
import { oneOf } from './rule.ts';

export const REPORT_PERIOD = oneOf('day', 'week', 'month');

/** After which periods a review is mailed. */
export const REPORTS = listOf(REPORT_PERIOD, 3);
