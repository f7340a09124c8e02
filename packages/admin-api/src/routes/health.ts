import type { RouterMiddleware } from '@koa/router';
import { noQuery } from '@tacho/api-contract';
import { healthReport, type ServiceParts } from '../health-report.ts';
import { readQuery } from '../query.ts';

export function health(parts: () => ServiceParts): RouterMiddleware {
  return (ctx) => {
    readQuery(ctx.querystring, noQuery);
    ctx.body = healthReport(parts());
  };
}
