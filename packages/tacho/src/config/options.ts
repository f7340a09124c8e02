import type { IncomingMessage } from 'node:http';
import type { ReviewPeriod } from '@tacho/core';
import type { Logger } from '../log/logger.ts';
import type { AdminApiOptions } from './admin-api-options.ts';
import type { AlertOptions } from './alert-options.ts';
import type { MailOptions } from './mail-options.ts';

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
  /** Who is told when something is wrong, and what that is; `false` for nobody. Default: a line of the log. */
  readonly alerts?: false | AlertOptions | undefined;
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
  /**
   * Where mail is handed in, and to whom it goes. Environment: `TACHO_SMTP_URL`, `TACHO_MAIL_FROM` and `TACHO_MAIL_TO`.
   * Default: no mail is sent.
   */
  readonly mail?: MailOptions | undefined;
  /**
   * After which periods a review is mailed: each UTC day, ISO week (Monday to Sunday) or calendar month. Needs `mail`.
   * Environment: `TACHO_REPORTS`, separated by commas. Default: none.
   */
  readonly reports?: readonly ReviewPeriod[] | undefined;
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
