import type { Endpoints } from '@tacho/api-contract';
import { count, percent } from '../../figures.ts';
import { applicationIn } from '../application.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, warning } from '../finding.ts';

/** Templates that were learned from URLs have these; a router's parameters are its own. */
const LEARNED = /\/\{(id|name|\.\.\.)\}/;
const ROUTERS = ['express', 'koa', 'fastify', '@hapi/hapi', 'hono', '@nestjs/core'];
const LEAST_REQUESTS = 20;
const LARGE_SHARE = 0.5;

/** Whether requests are counted at the routes of the router, and not at what was learned from URLs, or at none. */
export const routes: Check = {
  id: 'routes',
  group: 'service',
  async examine({ service, environment }) {
    const [summary, endpoints] = await Promise.all([service.summary(), service.endpoints()]);
    const findings: Finding[] = [];
    if (summary.overflow_requests > 0)
      findings.push(
        problem(
          `${count(summary.overflow_requests)} requests of the last hour had no endpoint of their own, as there are too many`,
          'Raise the option maxEndpoints; or give the URLs routes: an endpoint for each id is a route that is missing.',
        ),
      );
    const application = await applicationIn(environment.folder);
    const router = ROUTERS.find((name) => application?.dependencies.has(name));
    const { learned, all } = answeredBy(endpoints);
    if (router !== undefined && all >= LEAST_REQUESTS && learned / all >= LARGE_SHARE)
      findings.push(
        warning(
          `${percent((100 * learned) / all)} of what was answered in the last hour had no route of ${router}: its templates were learned from URLs`,
          'Leave tacho and the framework out of the bundle ("external"), and make servers after startMonitoring(); docs/outcomes.md has the cases.',
        ),
      );
    return findings.length > 0
      ? findings
      : [ok(`${count(Object.keys(endpoints).length)} endpoints in the last hour`)];
  },
};

/** Requests that were answered without an error; a stranger's inventions are none of the service's routes. */
function answeredBy(endpoints: Endpoints): { learned: number; all: number } {
  let learned = 0;
  let all = 0;
  for (const [name, endpoint] of Object.entries(endpoints)) {
    const answered = endpoint.count - endpoint.errors;
    all += answered;
    if (LEARNED.test(name)) learned += answered;
  }
  return { learned, all };
}
