import type { IncomingMessage, ServerResponse } from 'node:http';

export interface AdminMountOptions {
  /**
   * What the paths of all resources begin with, as the framework hands them on: of a handler that is mounted at
   * `/ops`, what comes behind that. `/` is all of it. Default `/api/performance`.
   */
  readonly prefix?: string | undefined;
}

/**
 * Answers what is below the prefix, and leaves everything else to `next`; where there is no `next`, to a 404. For
 * `node:http` and for Express, Fastify, Nest and all that have handlers of this shape. Never throws by itself.
 */
export type AdminHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => unknown,
) => void;

/** What of Koa's context is needed: all of it is there, and optional so that every type of a context goes with it. */
export interface AdminContext {
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
  readonly originalUrl?: string;
  /** Koa's own; a body parser before this one puts `body` on it. */
  readonly request?: object;
  respond?: boolean | undefined;
}

/** The same for Koa: resolves when the response has closed, where it is ours, and else to what `next` gives. */
export type AdminMiddleware = (ctx: AdminContext, next: () => Promise<unknown>) => Promise<unknown>;
