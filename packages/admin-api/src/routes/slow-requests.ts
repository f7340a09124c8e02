import { slowRequestsReport } from '@tacho/core';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

/** Viewers see no users. */
export function listSlowRequests(rangeWindow: RangeWindow): Handler<'listSlowRequests'> {
  return async ({ ctx, query: { limit, ...range }, identity }) => {
    const { window } = await rangeWindow(ctx, range);
    const requests = slowRequestsReport(window, limit);
    return identity?.role === 'admin' ? requests : requests.map((one) => ({ ...one, user_email: null }));
  };
}
