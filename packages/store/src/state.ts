/**
 * Small facts that processes agree on by key: who holds a lease, what an alert has come to. Values are compared,
 * so one that must be told from another writer's has to name its writer.
 *
 * **Errors.** Each promise is settled in bounded time. It rejects with a `TachoError` `TACHO_STORE_UNAVAILABLE`
 * where the state can't be used now or is closed, and with nothing else.
 */
export interface State {
  /** The value, or undefined where there is none or it has expired. Every change fulfilled before the call is in it. */
  get(key: string): Promise<string | undefined>;

  /**
   * Sets `key` to `next` if its value is `expected`, as one step that no other comes between. `undefined` stands
   * for no value: as `expected` it means absent or expired, as `next` it removes.
   *
   * A retry after a rejection may find its own change and answer false: `get` then gives `next`.
   *
   * @param key well-formed text, like the values, line ends and U+0000 included
   * @param ttlMs how long `next` lasts: it is gone once this has passed by the store's clock, which may be set.
   * Without it the value stays. Setting the same value again renews it
   * @returns whether it was set
   */
  compareAndSet(
    key: string,
    expected: string | undefined,
    next: string | undefined,
    ttlMs?: number,
  ): Promise<boolean>;

  /** Idempotent. Afterwards every other call is rejected. */
  close(): Promise<void>;
}
