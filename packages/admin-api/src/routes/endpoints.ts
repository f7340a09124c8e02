import type { RouterMiddleware } from '@koa/router';
import { windowQuery } from '@tacho/api-contract';
import { endpointReport, endpointsReport } from '@tacho/core';
import { HttpProblem } from '../http-problem.ts';
import { readQuery } from '../query.ts';
import { quoted } from '../quoted.ts';
import type { RangeWindow } from '../range-window.ts';

export function endpoints(rangeWindow: RangeWindow): RouterMiddleware {
  return async (ctx) => {
    const { window } = await rangeWindow(ctx, readQuery(ctx.querystring, windowQuery));
    ctx.body = endpointsReport(window);
  };
}

/** The route's parameter `endpoint` is `METHOD route`; the slashes of the route may be percent-encoded or not. */
export function endpoint(rangeWindow: RangeWindow): RouterMiddleware {
  return async (ctx) => {
    const { window } = await rangeWindow(ctx, readQuery(ctx.querystring, windowQuery));
    const name = ctx.params.endpoint ?? '';
    const report = endpointReport(window, name);
    if (report === undefined) throw unknownEndpoint(name);
    ctx.body = report;
  };
}

function unknownEndpoint(name: string): HttpProblem {
  return new HttpProblem({
    status: 404,
    code: 'unknown_endpoint',
    detail: `Nothing was measured at ${quoted(name)} in this time.`,
  });
}
