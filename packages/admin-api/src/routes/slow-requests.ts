import type { RouterMiddleware } from '@koa/router';
import { slowRequestsQuery } from '@tacho/api-contract';
import { slowRequestsReport } from '@tacho/core';
import { readQuery } from '../query.ts';
import type { RangeWindow } from '../range-window.ts';

export function slowRequests(rangeWindow: RangeWindow): RouterMiddleware {
  return async (ctx) => {
    const { limit, ...range } = readQuery(ctx.querystring, slowRequestsQuery);
    const { window } = await rangeWindow(ctx, range);
    ctx.body = slowRequestsReport(window, limit);
  };
}
