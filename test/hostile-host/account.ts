/** What a hostile service has to tell of itself. */
export interface Account {
  /** Byte for byte, but dates, under the name of what was done meanwhile. */
  readonly replies: Readonly<Record<string, readonly string[]>>;
  readonly uncaught: readonly string[];
  /** How many requests the application was given, and how many were counted in one way or another. */
  readonly handled: Readonly<Record<string, number>>;
  readonly counted: Readonly<Record<string, number>>;
}
