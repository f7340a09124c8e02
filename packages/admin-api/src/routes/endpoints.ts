import { endpointReport, endpointsReport } from '@tacho/core';
import { HttpProblem } from '../http-problem.ts';
import { quoted } from '../quoted.ts';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

export function listEndpoints(rangeWindow: RangeWindow): Handler<'listEndpoints'> {
  return async ({ ctx, query }) => {
    const { window } = await rangeWindow(ctx, query);
    return endpointsReport(window);
  };
}

/** The route's parameter `endpoint` is `METHOD route`; the slashes of the route may be percent-encoded or not. */
export function getEndpoint(rangeWindow: RangeWindow): Handler<'getEndpoint'> {
  return async ({ ctx, query, params: { endpoint = '' } }) => {
    const { window } = await rangeWindow(ctx, query);
    const report = endpointReport(window, endpoint);
    if (report === undefined) throw unknownEndpoint(endpoint);
    return report;
  };
}

function unknownEndpoint(name: string): HttpProblem {
  return new HttpProblem({
    status: 404,
    code: 'unknown_endpoint',
    detail: `Nothing was measured at ${quoted(name)} in this time.`,
  });
}
