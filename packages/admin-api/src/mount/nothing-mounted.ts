import type { AdminHandler, AdminMiddleware } from './handlers.ts';
import { notHere } from './plain-problems.ts';

/** Where there is no admin API: everything is somebody else's, and a 404 where there is nobody else. */
export const NOTHING_MOUNTED: {
  readonly adminHandler: () => AdminHandler;
  readonly adminMiddleware: () => AdminMiddleware;
} = Object.freeze({
  adminHandler: (): AdminHandler => (request, response, next) => {
    if (typeof next === 'function') next();
    else if (!response.headersSent) notHere(request, response);
  },
  adminMiddleware: (): AdminMiddleware => (_ctx, next) => next(),
});
