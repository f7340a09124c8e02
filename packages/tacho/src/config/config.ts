import { resolve } from 'node:path';
import { DEFAULT_LIMITS, type HealthThresholds } from '@tacho/core';
import { DEFAULT_IGNORED_PATHS } from '@tacho/http';
import type { Logger } from '../log/logger.ts';
import type { EnvironmentSettings } from './environment.ts';
import type { AdminApiOptions, MonitoringOptions } from './options.ts';
import { completeThresholds } from './thresholds-rule.ts';

/** Everything that can be set, checked and complete, so that nothing looks again. Frozen, bar what is the user's. */
export interface Config {
  /** Undefined leaves the name to OpenTelemetry. */
  readonly serviceName: string | undefined;
  readonly adminApi: false | AdminApiConfig;
  readonly store: 'memory';
  readonly user: NonNullable<MonitoringOptions['user']> | undefined;
  /** Where lines go. A logger is the application's own: it may do anything. */
  readonly logger: 'stderr' | 'silent' | Logger;
  readonly ignorePaths: readonly string[];
  readonly maxEndpoints: number;
  readonly privacy: { readonly clientAddress: 'truncate' | 'full'; readonly query: 'drop' | 'keep' };
  readonly thresholds: Readonly<HealthThresholds>;
  /** Absolute. */
  readonly diskPath: string;
}

export interface AdminApiConfig {
  /** 0 for any free one. */
  readonly port: number;
  readonly host: string;
  /** Empty where there is none: the API stays shut. */
  readonly tokens: readonly string[];
}

/** What was given as an option, or else in the environment, or else the default: in this order, only here. */
export function resolveConfig(options: MonitoringOptions, environment: EnvironmentSettings): Config {
  return Object.freeze({
    serviceName: options.serviceName ?? environment.serviceName,
    adminApi: options.adminApi !== false && resolveAdminApi(options.adminApi, environment),
    store: options.store ?? environment.store ?? 'memory',
    user: options.user,
    logger: options.logger === false ? 'silent' : (options.logger ?? 'stderr'),
    ignorePaths: Object.freeze([...(options.ignorePaths ?? DEFAULT_IGNORED_PATHS)]),
    maxEndpoints: options.maxEndpoints ?? DEFAULT_LIMITS.maxEndpoints,
    privacy: Object.freeze({
      clientAddress: options.privacy?.clientAddress ?? 'truncate',
      query: options.privacy?.query ?? 'drop',
    }),
    thresholds: Object.freeze(completeThresholds(options.thresholds)),
    diskPath: resolve(options.diskPath ?? '/'),
  });
}

function resolveAdminApi(
  options: AdminApiOptions | undefined,
  environment: EnvironmentSettings,
): AdminApiConfig {
  return Object.freeze({
    port: options?.port ?? environment.adminPort ?? 9797,
    host: options?.host ?? environment.adminHost ?? '127.0.0.1',
    tokens: Object.freeze([...(options?.tokens ?? environment.adminTokens ?? [])]),
  });
}
