import type { IncomingMessage } from 'node:http';

/**
 * Whoever has none of `tokens`, `jwt` and `authenticate` has no way in but the token that a terminal is shown for this
 * run. Several of them work beside each other.
 */
export interface AdminApiOptions {
  /** `false` opens no port: the API is then only where the application mounts it. Default `true`. */
  readonly listen?: boolean | undefined;
  /** 0 to 65,535; 0 takes any free port. Environment: `TACHO_ADMIN_PORT`. Default 9797. */
  readonly port?: number | undefined;
  /** The IP address or host name to listen on. Environment: `TACHO_ADMIN_HOST`. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /**
   * The bearer tokens that open the API: at most 16. A text is an administrator's. Environment: `TACHO_ADMIN_TOKEN`
   * and `TACHO_VIEWER_TOKEN`, each several separated by commas.
   */
  readonly tokens?: readonly (string | TokenOptions)[] | undefined;
  /** The JSON Web Tokens that open the API. Default: none do. */
  readonly jwt?: JwtOptions | undefined;
  /**
   * Who sent a request, as the application knows it: undefined or null for nobody. Asked where no token and no JWT
   * says so; it may take 5 seconds. What it throws or rejects with is caught, and refuses the request.
   */
  readonly authenticate?: ((request: IncomingMessage) => Authenticated | Promise<Authenticated>) | undefined;
  /**
   * The proxies whose `X-Forwarded-For` is believed: at most 100 IP addresses or networks such as `10.0.0.0/8`.
   * Environment: `TACHO_ADMIN_TRUSTED_PROXIES`, separated by commas. Default: none.
   */
  readonly trustedProxies?: readonly string[] | undefined;
  /**
   * By which names the API may be asked, beside `localhost` and addresses: at most 100 host names or IP addresses, each
   * with a port or for any; `*.example.com` is every name below that. Environment: `TACHO_ADMIN_ALLOWED_HOSTS`,
   * separated by commas. Default: none.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** The origins whose pages may read the API, such as `https://ops.example.com`: at most 100. Default: none. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** How often the API may be asked; `false` for as often as anybody likes. */
  readonly rateLimit?: false | RateLimitOptions | undefined;
}

export interface TokenOptions {
  /**
   * 1 to 4,096 visible ASCII characters without spaces; or `sha256:` and the 64 hex digits of the token's SHA-256, so
   * that whoever reads the configuration can't use it.
   */
  readonly token: string;
  /** Stands in the access log: 1 to 64 characters. Default: `token 1` for the first, and so on. */
  readonly name?: string | undefined;
  /** What its holder may: everything, or all but users and the access log. Default `admin`. */
  readonly role?: 'admin' | 'viewer' | undefined;
}

/** Needs either `key` or `jwks`. */
export interface JwtOptions {
  /**
   * What tokens are signed with: a secret of 32 bytes or more, or a public key in PEM or as a JWK. Only a JWK has a
   * `kid`; a token that names one is for that key alone.
   */
  readonly key?: string | Readonly<Record<string, unknown>> | undefined;
  /** A JSON Web Key Set of public keys; or its URL: https, or http of this host. */
  readonly jwks?: string | { readonly keys: readonly Readonly<Record<string, unknown>>[] } | undefined;
  /** What `iss` has to be. */
  readonly issuer: string;
  /** What `aud` has to name: a text, or at most 16 of which any will do. */
  readonly audience: string | readonly string[];
  /** Fewer than the key is for, such as `['ES256']`. Default: all it is for. */
  readonly algorithms?: readonly string[] | undefined;
  /** The claim that has the role, as a text. Default `role`. */
  readonly roleClaim?: string | undefined;
  /** Which roles are an administrator's, to the letter: at most 16. Default `['admin']`. */
  readonly adminRoles?: readonly string[] | undefined;
  /** Which roles see all but users and the access log: at most 16. Default: none. */
  readonly viewerRoles?: readonly string[] | undefined;
}

/** Whom `authenticate` knows: its name, of 1 to 1,024 characters, is kept as a pseudonym; without a role, `admin`. */
export type Authenticated = { readonly name: string; readonly role?: 'admin' | 'viewer' } | undefined | null;

export interface RateLimitOptions {
  /** Of one identity, and twice as many of one client address: 1 to 1,000,000. Default 600. */
  readonly requestsPerMinute?: number | undefined;
  /** Refused tokens of one client address, 1 to 10,000; then it waits. Default 10. */
  readonly failuresPerMinute?: number | undefined;
}
