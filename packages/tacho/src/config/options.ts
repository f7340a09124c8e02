import type { IncomingMessage } from 'node:http';
import type { Logger } from '../log/logger.ts';

/**
 * What `startMonitoring` may be given. Everything has a default. A wrong option makes it throw a `TachoError`
 * with the code `TACHO_BAD_OPTION`. Where an environment variable says the same thing, the option wins.
 * An option that is undefined counts as not given.
 */
export interface MonitoringOptions {
  /**
   * The service's name in exported telemetry (`service.name`): 1 to 255 characters, not only blanks, no control
   * characters. Environment: `OTEL_SERVICE_NAME`. Without either, OpenTelemetry names it: by
   * `OTEL_RESOURCE_ATTRIBUTES`, or else `unknown_service:…`.
   */
  readonly serviceName?: string | undefined;
  /**
   * The service's version (`service.version`), as long as its name may be: alerts tell by it which version has the
   * excess. Environment: `service.version` in `OTEL_RESOURCE_ATTRIBUTES`. Default: the version in the application's
   * package.json, which is not exported.
   */
  readonly serviceVersion?: string | undefined;
  /**
   * Whether requests have spans, for whoever asks for the active one and for OTLP. Without them statistics, users,
   * slow requests and all else stay as exact, and cost less. Environment: `TACHO_TRACES`. Default `on`.
   */
  readonly traces?: 'on' | 'off' | undefined;
  /**
   * What makes the spans of incoming requests: tacho's own instrumentation, or all of OpenTelemetry's SDK and its
   * `@opentelemetry/instrumentation-http`. Environment: `TACHO_HTTP`. Default `lean`.
   */
  readonly http?: 'lean' | 'standard' | undefined;
  /**
   * What makes spans below those of requests, where spans are exported: the application's own OpenTelemetry
   * instrumentations, at most 100; or `auto`, for those of database clients and of undici that it has installed
   * (docs/instrumentation.md). Environment: `TACHO_INSTRUMENTATIONS`, `auto`. Default: none.
   */
  readonly instrumentations?: 'auto' | readonly Instrumentation[] | undefined;
  /** The admin API; `false` for none. */
  readonly adminApi?: false | AdminApiOptions | undefined;
  /**
   * Where history is kept: the path of a file, relative to the working directory, that several processes may
   * share; or `memory`, for as long as this process runs. A path has a `/` or `\\` in it, or ends in `.db` or
   * `.sqlite`. Environment: `TACHO_STORE`. Default `.tacho/tacho.db`.
   */
  readonly store?: string | undefined;
  /**
   * How many days history is kept, 1 to 3,650: one number for all of it, or one for each level of detail.
   * Environment: `TACHO_RETENTION_DAYS`, a number. Default 30.
   */
  readonly retentionDays?: number | RetentionOptions | undefined;
  /**
   * How large the store may become, 16 MiB to 1 TiB; past it the oldest is merged and then given up.
   * Environment: `TACHO_MAX_STORE_BYTES`. Default 2 GiB; 16 MiB in memory.
   */
  readonly maxStoreBytes?: number | undefined;
  /**
   * Encrypts what is kept in a file: 32 random bytes, as 64 hex digits or as base64. Of several, at most 8, the
   * first writes and all read. Environment: `TACHO_ENCRYPTION_KEY`, separated by commas, or
   * `TACHO_ENCRYPTION_KEY_FILE`, the path of a file with one a line. Default: nothing is encrypted.
   */
  readonly encryptionKey?: string | readonly string[] | undefined;
  /** Copies of the store's file, made while it is used. Not with the store `memory`. Default `false`: none. */
  readonly backup?: false | BackupOptions | undefined;
  /**
   * Who sent the request, if known. It is called once for each request when the response has ended, must be
   * quick, and its answer is kept as a pseudonym only. What it throws is caught. Default: nobody is known.
   */
  readonly user?: ((request: IncomingMessage) => string | undefined) | undefined;
  /**
   * What takes a line for each slow request and each server error, and tacho's own warnings, in place of
   * stderr; `false` for none of them.
   */
  readonly logger?: false | Logger | undefined;
  /**
   * Paths whose requests are left out of the statistics and counted apart: at most 100, each beginning with `/`
   * and compared as a whole with the request's path. Replaces the default list of health-check paths:
   * `/health`, `/healthz`, `/livez`, `/readyz`, `/health/live`, `/health/ready`.
   */
  readonly ignorePaths?: readonly string[] | undefined;
  /** Distinct endpoints measured each on its own, 10 to 100,000; the rest share one. Default 1,000. */
  readonly maxEndpoints?: number | undefined;
  readonly privacy?: PrivacyOptions | undefined;
  /** From which figures on the host's health is `warning` or `critical`. */
  readonly thresholds?: ThresholdOptions | undefined;
  /** A path on the disk that is watched, relative to the working directory. Default `/`. */
  readonly diskPath?: string | undefined;
}

/** As much of an OpenTelemetry instrumentation, of whatever version, as is needed: all of them have it. */
export interface Instrumentation {
  readonly instrumentationName: string;
  getConfig(): { readonly enabled?: boolean | undefined };
  setTracerProvider(provider: object): void;
  setMeterProvider(provider: object): void;
  enable(): void;
  disable(): void;
}

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

/** In days, 1 to 3,650 each, a finer level's not above a coarser one's. */
export interface RetentionOptions {
  /** What is known of each minute. Default 30. */
  readonly minutes?: number | undefined;
  /** What is known of each hour. Default 30. */
  readonly hours?: number | undefined;
  /** What is known of each UTC day. Default 30. */
  readonly days?: number | undefined;
}

export interface BackupOptions {
  /** How often, in minutes, hours or days: `30m`, `6h`, `1d`; `1m` to `30d`. */
  readonly every: string;
  /** How many are kept, 1 to 1,000: the oldest goes when there are more. Default 7. */
  readonly keep?: number | undefined;
  /** The folder that they are in, relative to the working directory. Default: `backups` beside the store's file. */
  readonly dir?: string | undefined;
}

/** What is done to requests' data before spans of it are exported. The statistics never have any of it. */
export interface PrivacyOptions {
  /**
   * `template` makes `/users/{id}` of the paths of URLs, so that no name and no number of anybody is in them;
   * `full` leaves them. Default `template`.
   */
  readonly path?: 'template' | 'full' | undefined;
  /** `truncate` cuts addresses to their network: /24 for IPv4, /48 for IPv6. Default `truncate`. */
  readonly clientAddress?: 'truncate' | 'full' | undefined;
  /** Whether the query strings of URLs are kept. Default `drop`. */
  readonly query?: 'drop' | 'keep' | undefined;
  /**
   * Whether what is written into headers is kept: user agent, host, trace state, captured headers. Or the names of
   * those that are, at most 100, in small letters. Default `drop`.
   */
  readonly headers?: 'drop' | 'keep' | readonly string[] | undefined;
  /** Whether the messages of errors are kept. Their types and stack frames always are. Default `drop`. */
  readonly errorText?: 'drop' | 'keep' | undefined;
}

/** Percentages, 0 to 100; a figure above one, not at it, has the level. A warning is not above its critical. */
export interface ThresholdOptions {
  /** Default 70. */
  readonly cpuWarning?: number | undefined;
  /** Default 90. */
  readonly cpuCritical?: number | undefined;
  /** Default 70. */
  readonly memoryWarning?: number | undefined;
  /** Default 90. */
  readonly memoryCritical?: number | undefined;
  /** Default 80. */
  readonly diskWarning?: number | undefined;
  /** Default 95. */
  readonly diskCritical?: number | undefined;
}
