import type { Middleware } from 'koa';
import { mustClose } from '../door/refuse.ts';
import { HttpProblem } from '../http-problem.ts';

export const MAX_BODY_BYTES = 64 * 1024;

export const PAYLOAD_TOO_LARGE = new HttpProblem({
  status: 413,
  code: 'payload_too_large',
  detail: `A body has at most ${MAX_BODY_BYTES} bytes.`,
});

/** Hardly any operation takes a body: what is not read must not be taken for the next request on its connection. */
export function bodyLimit(): Middleware {
  return (ctx, next) => {
    if (mustClose(ctx.req)) ctx.set('Connection', 'close');
    if (Number(ctx.get('Content-Length')) > MAX_BODY_BYTES) throw PAYLOAD_TOO_LARGE;
    return next();
  };
}
