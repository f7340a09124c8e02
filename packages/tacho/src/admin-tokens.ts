import { randomBytes } from 'node:crypto';
import type { StaticToken } from '@tacho/admin-api';
import type { AdminApiConfig } from './config/admin-api-config.ts';
import { tokenDigest } from './config/token-rules.ts';

/** How the admin API is opened. */
export type AdminAccess =
  /** As it was configured: with tokens, JWTs, or whatever the application knows. */
  | { readonly kind: 'configured'; readonly tokens: readonly StaticToken[] }
  /** With a token made for this run, for the person at the terminal, who is shown it. */
  | { readonly kind: 'this run'; readonly tokens: readonly StaticToken[]; readonly shown: string }
  /** Not at all: nobody could be told a token but the world. */
  | { readonly kind: 'shut' };

/** Nothing is open by accident: where no way in is configured, only a terminal is shown one. */
export function adminAccess(
  { tokens, jwt, authenticate }: Pick<AdminApiConfig, 'tokens' | 'jwt' | 'authenticate'>,
  terminal: boolean,
): AdminAccess {
  if (tokens.length > 0 || jwt !== undefined || authenticate !== undefined)
    return { kind: 'configured', tokens };
  if (!terminal) return { kind: 'shut' };
  const shown = randomBytes(24).toString('base64url');
  const token: StaticToken = { digest: tokenDigest(shown), name: 'token for this run', role: 'admin' };
  return { kind: 'this run', tokens: [token], shown };
}
