import { createSecretKey, hash, randomBytes } from 'node:crypto';
import { identification } from '../../src/identity/identification.ts';
import type { JwtVerification, Role, StaticToken } from '../../src/identity/identity.ts';
import { DeskInMemory } from '../alerts/desk-in-memory.ts';
import { clock, type Served, serve, TOKEN } from '../served.ts';
import { cursorsOf } from './cursors.ts';
import type { Credentials } from './headers.ts';

export interface Service {
  readonly served: Served;
  readonly credentials: Credentials;
  readonly cursors: readonly string[];
}

const CREDENTIALS: Credentials = { admin: TOKEN, viewer: 'a-token-of-a-viewer' };

/** They are taken; no request has one that holds. */
const JWTS: JwtVerification = {
  keys: { kind: 'key', key: createSecretKey(randomBytes(32)), kid: undefined },
  issuer: 'https://issuer.example',
  audience: ['tacho'],
  algorithms: ['HS256'],
  roleClaim: 'role',
  adminRoles: ['admin'],
  viewerRoles: [],
};

/** An admin API with all its doors. @param tell of what should not happen */
export async function serviceForAnyRequest(tell: (trouble: unknown) => void): Promise<Service> {
  const cursorKey = randomBytes(32);
  const served = await serve({
    cursorKey,
    alerts: new DeskInMemory(15),
    identify: identification({
      tokens: [tokenOf(CREDENTIALS.admin, 'admin'), tokenOf(CREDENTIALS.viewer, 'viewer')],
      jwt: JWTS,
      authenticate: undefined,
      pseudonymOf: (name) => name,
      clock,
      fetch: () => Promise.reject(new Error('nothing is fetched for a request')),
      warn: tell,
    }),
    trustedProxies: ['127.0.0.1'],
    rateLimit: { requestsPerMinute: 1e6, failuresPerMinute: 20 },
    onError: tell,
  });
  return { served, credentials: CREDENTIALS, cursors: await cursorsOf(served, cursorKey) };
}

function tokenOf(token: string, role: Role): StaticToken {
  return { digest: hash('sha256', token, 'buffer'), name: role, role };
}
