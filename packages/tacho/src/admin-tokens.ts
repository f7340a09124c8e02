import { randomBytes } from 'node:crypto';

/** How the admin API is opened. */
export type AdminAccess =
  /** With the tokens that were configured. */
  | { readonly kind: 'configured'; readonly tokens: readonly string[] }
  /** With a token made for this run, for the person at the terminal. */
  | { readonly kind: 'this run'; readonly tokens: readonly [string] }
  /** Not at all: nobody could be told a token but the world. */
  | { readonly kind: 'shut' };

/** Nothing is open by accident: without a configured token, only a terminal is shown one. */
export function adminAccess(tokens: readonly string[], terminal: boolean): AdminAccess {
  if (tokens.length > 0) return { kind: 'configured', tokens };
  return terminal ? { kind: 'this run', tokens: [randomBytes(24).toString('base64url')] } : { kind: 'shut' };
}
