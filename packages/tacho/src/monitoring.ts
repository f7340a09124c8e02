import { NOTHING_MOUNTED } from '@tacho/admin-api/mount';
import type { AdminHandler, AdminMiddleware, AdminMountOptions } from '@tacho/admin-api/mount/handlers';

/** A running tachometer. */
export interface Monitoring {
  /**
   * Where the admin API answers. Undefined where there is none: switched off, not listening yet, or no longer.
   */
  readonly adminApi: { readonly url: string } | undefined;
  /**
   * The admin API for a server of the application's own, beside its own port or instead of it: a handler for
   * `node:http`, Express, Fastify and Nest (docs/mounting.md). What it answers is not measured, and is subject to the
   * same tokens. Where there is no admin API, or tacho can't run, everything goes on to `next`, or is a 404; after
   * `shutdown` it is a 503.
   *
   * @throws TachoError TACHO_BAD_OPTION
   */
  adminHandler(options?: AdminMountOptions): AdminHandler;
  /**
   * The same as middleware of Koa.
   * @throws TachoError TACHO_BAD_OPTION
   */
  adminMiddleware(options?: AdminMountOptions): AdminMiddleware;
  /**
   * Stops measuring and hands on what was measured. Never rejects; every call gives the same promise. A call of
   * `startMonitoring` after this one starts anew.
   */
  shutdown(): Promise<void>;
}

/** Measures nothing: for where tacho is disabled or can't run. */
export const INERT_MONITORING: Monitoring = Object.freeze({
  adminApi: undefined,
  ...NOTHING_MOUNTED,
  shutdown: () => Promise.resolve(),
});
