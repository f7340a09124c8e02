import type { RouterMiddleware } from '@koa/router';
import { windowQuery } from '@tacho/api-contract';
import { systemMetricsReport } from '@tacho/core';
import { readQuery } from '../query.ts';
import type { RangeWindow } from '../range-window.ts';

export function systemMetrics(rangeWindow: RangeWindow): RouterMiddleware {
  return async (ctx) => {
    const { window } = await rangeWindow(ctx, readQuery(ctx.querystring, windowQuery));
    ctx.body = systemMetricsReport(window);
  };
}
