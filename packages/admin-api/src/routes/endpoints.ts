import { MAX_ENDPOINTS_WITH_BUCKETS } from '@tacho/api-contract';
import { endpointReport, endpointsPage } from '@tacho/core';
import { jsonObject } from '../answer/json-text.ts';
import { HttpProblem } from '../http-problem.ts';
import { inTurns } from '../in-turns.ts';
import type { Paging } from '../paging/paging.ts';
import { quoted } from '../quoted.ts';
import type { RangeWindow } from '../range-window.ts';
import type { Handler } from './handler.ts';

interface EndpointsRoute {
  rangeWindow: RangeWindow;
  paging: Paging;
}

export function listEndpoints({ rangeWindow, paging }: EndpointsRoute): Handler<'listEndpoints'> {
  return async ({ ctx, query: { buckets, ...query } }) => {
    const request = paging.pageRequest('endpoints', query);
    const withBuckets = buckets === 'true' ? MAX_ENDPOINTS_WITH_BUCKETS : 0;
    const { window } = await rangeWindow(ctx, request.range);
    const { entries, end } = await inTurns(endpointsPage(window, { ...request.options, withBuckets }));
    paging.tellNext(ctx, request, end, window);
    return jsonObject(entries);
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
