import type { RouterMiddleware } from '@koa/router';
import { slowRequestsQuery } from '@tacho/api-contract';
import { slowRequestsReport } from '@tacho/core';
import { readQuery } from '../query.ts';
import type { RecentWindow } from '../recent-window.ts';

export function slowRequests(recentWindow: RecentWindow): RouterMiddleware {
  return async (ctx) => {
    const { hours, limit } = readQuery(ctx.querystring, slowRequestsQuery);
    ctx.body = slowRequestsReport(await recentWindow(hours), limit);
  };
}
