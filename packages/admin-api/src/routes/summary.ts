import type { RouterMiddleware } from '@koa/router';
import { windowQuery } from '@tacho/api-contract';
import { type Clock, type HealthThresholds, summaryReport } from '@tacho/core';
import { readQuery } from '../query.ts';
import type { RecentWindow } from '../recent-window.ts';

interface SummaryRoute {
  recentWindow: RecentWindow;
  clock: Pick<Clock, 'now'>;
  thresholds: Readonly<HealthThresholds> | undefined;
}

export function summary({ recentWindow, clock, thresholds }: SummaryRoute): RouterMiddleware {
  return async (ctx) => {
    const { hours } = readQuery(ctx.querystring, windowQuery);
    const window = await recentWindow(hours);
    ctx.body = summaryReport(window, { nowMs: clock.now(), thresholds });
  };
}
