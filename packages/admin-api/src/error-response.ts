import type { Problem } from '@tacho/api-contract';
import type { Context, Middleware } from 'koa';
import { HttpProblem } from './http-problem.ts';
import { PROBLEM_TYPE, problemDetails } from './problem-details.ts';

/** Told of what an operator should hear of. @param requestId the one that the reader was shown */
export type OnError = (error: unknown, requestId: string) => void;

/** What a reader is told of what was thrown. */
export interface Explanation {
  readonly problem: HttpProblem;
  readonly details: Problem;
}

export type Explain = (thrown: unknown) => Explanation;

/** A 5xx is told to `onError`, with what caused it; the reader learns nothing of that but the request id. */
export function explainsTo(onError: OnError, newRequestId: () => string): Explain {
  return (thrown) => {
    const problem = thrown instanceof HttpProblem ? thrown : internalError(thrown);
    const requestId = newRequestId();
    if (problem.status >= 500) tell(onError, problem.cause, requestId);
    return { problem, details: problemDetails(problem, requestId) };
  };
}

/** Answers with problem details whatever is thrown below it. */
export function errorResponse(explain: Explain): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (thrown) {
      answer(ctx, explain(thrown));
    }
  };
}

function answer(ctx: Context, { problem, details }: Explanation): void {
  ctx.status = problem.status;
  ctx.set(problem.headers);
  ctx.set('Content-Type', PROBLEM_TYPE);
  ctx.body = details;
}

/** Whoever is told may fail in turn; the reader is answered all the same. */
function tell(onError: OnError, error: unknown, requestId: string): void {
  try {
    onError(error, requestId);
  } catch {
    // There is nobody left to tell.
  }
}

function internalError(cause: unknown): HttpProblem {
  return new HttpProblem({
    status: 500,
    code: 'internal_error',
    detail: 'Something went wrong. The log of the service says more, under this request id.',
    cause,
  });
}
