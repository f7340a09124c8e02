import type { Authenticate, JwtKeys, JwtVerification, StaticToken } from '@tacho/admin-api';
import type { AdminApiOptions, JwtOptions } from './admin-api-options.ts';
import { configuredTokens } from './configured-tokens.ts';
import type { EnvironmentSettings } from './environment.ts';
import { parseJwtKey } from './jwt-key.ts';
import { algorithmsOf } from './jwt-keys-rule.ts';
import { tokenDigest } from './token-rules.ts';

export interface AdminApiConfig {
  /** Whether it has a port of its own. */
  readonly listen: boolean;
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** Empty where there is none. */
  readonly tokens: readonly StaticToken[];
  readonly jwt: JwtVerification | undefined;
  readonly authenticate: Authenticate | undefined;
  /** IP addresses, and networks with a prefix of 1 or more. */
  readonly trustedProxies: readonly string[];
  /** `name`, `name:port`, `*.name`, `*.name:port`, an IP address, `1.2.3.4:port`, `[::1]` or `[::1]:port`. */
  readonly allowedHosts: readonly string[];
  /** As browsers send them. */
  readonly allowedOrigins: readonly string[];
  readonly rateLimit: false | RateLimitConfig;
}

export interface RateLimitConfig {
  readonly requestsPerMinute: number;
  readonly failuresPerMinute: number;
}

/** What was given as an option, or else in the environment, or else the default. */
export function resolveAdminApi(
  options: AdminApiOptions | undefined,
  environment: EnvironmentSettings,
): AdminApiConfig {
  const tokens = configuredTokens(options, environment).map(({ text, name, role }) =>
    Object.freeze({ digest: tokenDigest(text), name, role }),
  );
  return Object.freeze({
    listen: options?.listen ?? true,
    port: options?.port ?? environment.adminPort ?? 9797,
    host: options?.host ?? environment.adminHost ?? '127.0.0.1',
    tokens: Object.freeze(tokens),
    jwt: options?.jwt && resolveJwt(options.jwt),
    authenticate: options?.authenticate,
    trustedProxies: frozen(options?.trustedProxies ?? environment.adminTrustedProxies),
    allowedHosts: frozen(options?.allowedHosts ?? environment.adminAllowedHosts),
    allowedOrigins: frozen(options?.allowedOrigins),
    rateLimit: resolveRateLimit(options?.rateLimit),
  });
}

function resolveRateLimit(options: AdminApiOptions['rateLimit']): false | RateLimitConfig {
  if (options === false) return false;
  return Object.freeze({
    requestsPerMinute: options?.requestsPerMinute ?? 600,
    failuresPerMinute: options?.failuresPerMinute ?? 10,
  });
}

function resolveJwt(options: JwtOptions): JwtVerification {
  const { audience } = options;
  return Object.freeze({
    keys: resolveKeys(options),
    issuer: options.issuer,
    audience: frozen(typeof audience === 'string' ? [audience] : audience),
    algorithms: frozen(options.algorithms ?? algorithmsOf(options)),
    roleClaim: options.roleClaim ?? 'role',
    adminRoles: frozen(options.adminRoles ?? ['admin']),
    viewerRoles: frozen(options.viewerRoles),
  });
}

function resolveKeys({ key, jwks }: JwtOptions): JwtKeys {
  const parsed = key === undefined ? undefined : parseJwtKey(key);
  if (typeof parsed === 'object') return Object.freeze({ kind: 'key', key: parsed.key, kid: parsed.kid });
  return Object.freeze(
    typeof jwks === 'string'
      ? { kind: 'url', url: jwks }
      : { kind: 'jwks', jwks: { keys: jwks?.keys ?? [] } },
  );
}

function frozen(texts: readonly string[] = []): readonly string[] {
  return Object.freeze([...texts]);
}
