import { createHash } from 'node:crypto';
import type { Identify, Role, StaticToken } from '../src/identity/identity.ts';
import { identifying } from './identity/asked.ts';

export function tokenOf(token: string, role: Role = 'admin', name = 'token'): StaticToken {
  return { digest: createHash('sha256').update(token).digest(), name, role };
}

/** Admins, by these tokens and in no other way. */
export function bearers(...tokens: string[]): Identify {
  return identifying({ tokens: tokens.map((token) => tokenOf(token)) });
}
