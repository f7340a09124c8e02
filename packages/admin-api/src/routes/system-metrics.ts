import type { RouterMiddleware } from '@koa/router';
import { windowQuery } from '@tacho/api-contract';
import { systemMetricsReport } from '@tacho/core';
import { readQuery } from '../query.ts';
import type { RecentWindow } from '../recent-window.ts';

export function systemMetrics(recentWindow: RecentWindow): RouterMiddleware {
  return async (ctx) => {
    const { hours } = readQuery(ctx.querystring, windowQuery);
    ctx.body = systemMetricsReport(await recentWindow(hours));
  };
}
