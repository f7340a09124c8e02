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
  /** The admin API's own server; `false` starts none. */
  readonly adminApi?: false | AdminApiOptions | undefined;
  /** Where the past is kept: in this process's memory. Environment: `TACHO_STORE`. Default `memory`. */
  readonly store?: 'memory' | undefined;
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

export interface AdminApiOptions {
  /** 0 to 65,535; 0 takes any free port. Environment: `TACHO_ADMIN_PORT`. Default 9797. */
  readonly port?: number | undefined;
  /** The IP address or host name to listen on. Environment: `TACHO_ADMIN_HOST`. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /**
   * The bearer tokens that open the API: at most 16, each 1 to 4,096 visible ASCII characters without spaces.
   * Environment: `TACHO_ADMIN_TOKEN`, separated by commas. Without a token the API stays shut.
   */
  readonly tokens?: readonly string[] | undefined;
}

/** What is done to requests' data before it is kept or exported. */
export interface PrivacyOptions {
  /** `truncate` cuts addresses to their network: /24 for IPv4, /48 for IPv6. Default `truncate`. */
  readonly clientAddress?: 'truncate' | 'full' | undefined;
  /** Whether the query strings of URLs are kept. Default `drop`. */
  readonly query?: 'drop' | 'keep' | undefined;
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
