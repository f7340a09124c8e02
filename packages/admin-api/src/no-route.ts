import type { RouterMiddleware } from '@koa/router';
import { HttpProblem } from './http-problem.ts';

/** Reached where no route answered: its path is unknown, or has no such method. */
export function noRoute(): RouterMiddleware {
  return (ctx) => {
    throw ctx.matched?.length ? methodNotAllowed() : notFound();
  };
}

/** Everything here is there to be read. */
export function methodNotAllowed(): HttpProblem {
  return new HttpProblem({
    status: 405,
    code: 'method_not_allowed',
    detail: 'Only GET and HEAD are allowed here.',
    headers: { Allow: 'GET, HEAD' },
  });
}

function notFound(): HttpProblem {
  return new HttpProblem({ status: 404, code: 'not_found', detail: 'There is nothing at this path.' });
}
