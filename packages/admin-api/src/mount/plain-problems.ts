import type { RequestListener } from 'node:http';
import { refuse } from '../door/refuse.ts';
import { HttpProblem } from '../http-problem.ts';
import { NOT_FOUND, UNAUTHORIZED } from '../refusals.ts';

// What is answered where there is no admin API to ask: nothing has to be loaded for it.

/** To a path that nobody mounted anything at. */
export const notHere = alwaysWith(NOT_FOUND);

/** To everybody, as long as nobody may come in. */
export const nobodyComesIn = alwaysWith(UNAUTHORIZED);

/** To everybody, once there is nothing left that could answer. */
export const shutDown = alwaysWith(
  new HttpProblem({ status: 503, code: 'shut_down', detail: 'The admin API has been shut down.' }),
);

function alwaysWith(problem: HttpProblem): RequestListener {
  return (request, response) => refuse(request, response, { problem });
}
