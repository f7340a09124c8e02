import type { Middleware } from 'koa';
import { mustClose } from './door/refuse.ts';
import { HttpProblem } from './http-problem.ts';

const MAX_BODY_BYTES = 64 * 1024;

const PAYLOAD_TOO_LARGE = new HttpProblem({
  status: 413,
  code: 'payload_too_large',
  detail: `A body has at most ${MAX_BODY_BYTES} bytes, and none is needed here.`,
});

/** No resource takes a body: one is not read, so that nothing can follow it on its connection. */
export function bodyLimit(): Middleware {
  return (ctx, next) => {
    if (mustClose(ctx.req)) ctx.set('Connection', 'close');
    if (Number(ctx.get('Content-Length')) > MAX_BODY_BYTES) throw PAYLOAD_TOO_LARGE;
    return next();
  };
}
