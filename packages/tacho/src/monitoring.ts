/** A running tachometer. */
export interface Monitoring {
  /**
   * Where the admin API answers. Undefined where there is none: switched off, not listening yet, or no longer.
   */
  readonly adminApi: { readonly url: string } | undefined;
  /**
   * Stops measuring and hands on what was measured. Never rejects; every call gives the same promise. A call of
   * `startMonitoring` after this one starts anew.
   */
  shutdown(): Promise<void>;
}

/** Measures nothing: for where tacho is disabled or can't run. */
export const INERT_MONITORING: Monitoring = Object.freeze({
  adminApi: undefined,
  shutdown: () => Promise.resolve(),
});
