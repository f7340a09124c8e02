import { slowRequestsPage } from '@tacho/core';
import { inTurns } from '../in-turns.ts';
import type { Paging } from '../paging/paging.ts';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

interface SlowRequestsRoute {
  rangeWindow: RangeWindow;
  paging: Paging;
}

/** Viewers see no users. */
export function listSlowRequests({ rangeWindow, paging }: SlowRequestsRoute): Handler<'listSlowRequests'> {
  return async ({ ctx, query, identity }) => {
    const request = paging.pageRequest('slow-requests', query);
    const { window } = await rangeWindow(ctx, request.range);
    const { entries, end } = await inTurns(slowRequestsPage(window, request.options));
    paging.tellNext(ctx, request, end, window);
    return identity?.role === 'admin' ? entries : entries.map((one) => ({ ...one, user_email: null }));
  };
}
