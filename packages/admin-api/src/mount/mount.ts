import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { noteBody } from '../body/given-body.ts';
import { cleared } from './cleared.ts';
import type { AdminHandler, AdminMiddleware } from './handlers.ts';
import { notHere } from './plain-problems.ts';
import { isBelow } from './prefix.ts';
import { noteOriginalUrl } from './seen-prefix.ts';

export interface MountParts {
  readonly prefix: string;
  /** Answers what is below the prefix. What it throws, or rejects with, ends the connection and no more. */
  readonly answer: RequestListener;
  /** Told of each request that is ours, before it is answered. Must not throw. */
  readonly onTaken: (request: IncomingMessage) => void;
}

/** Of one event of a response, beside those of the application's: a stream that is piped into it has several. */
const OWN_LISTENERS = 10;

/** For every server that hands on Node's own request and response. */
export function plainHandler(parts: MountParts): AdminHandler {
  return (request, response, next) => {
    if (isOurs(request, response, parts)) void take(request, response, parts);
    else if (typeof next === 'function') next();
    else if (!isBegun(response)) void take(request, response, { ...parts, answer: notHere });
  };
}

/** For Koa, which is kept from answering by itself. */
export function koaMiddleware(parts: MountParts): AdminMiddleware {
  return (ctx, next) => {
    const { req: request, res: response } = ctx;
    if (!request || !response || !isOurs(request, response, parts)) return next();
    ctx.respond = false;
    noteOriginalUrl(request, ctx.originalUrl);
    noteBody(request, (ctx.request as { readonly body?: unknown } | undefined)?.body);
    // Middleware around this one times it, and koa-mount then gives the request back the path that it had.
    const closed = hasClosed(response);
    return take(request, response, parts).then(() => closed);
  };
}

function isOurs(request: IncomingMessage, response: ServerResponse, { prefix }: MountParts): boolean {
  return isBelow(request.url, prefix) && !isBegun(response);
}

/** Somebody else is answering. */
function isBegun(response: ServerResponse): boolean {
  return response.headersSent || response.writableEnded;
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, onTaken }: MountParts,
): Promise<void> {
  try {
    onTaken(request);
    const most = response.getMaxListeners();
    if (most > 0) response.setMaxListeners(most + OWN_LISTENERS);
    await answer(request, cleared(response) as Parameters<RequestListener>[1]);
  } catch {
    response.destroy();
  }
}

function hasClosed(response: ServerResponse): Promise<void> {
  return new Promise((settle) => {
    if (response.destroyed) settle();
    else response.once('close', settle);
  });
}
