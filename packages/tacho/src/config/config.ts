import { dirname, join, resolve } from 'node:path';
import type { MailSettings } from '@tacho/alerts';
import { DEFAULT_LIMITS, type HealthThresholds, type ReviewPeriod } from '@tacho/core';
import { DEFAULT_IGNORED_PATHS } from '@tacho/http';
import type { Privacy } from '@tacho/otel';
import { parseEncryptionKey } from '@tacho/store';
import type { Logger } from '../log/logger.ts';
import { type AdminApiConfig, resolveAdminApi } from './admin-api-config.ts';
import { type AlertsConfig, resolveAlerts } from './alerts-config.ts';
import { durationMs } from './backup-rule.ts';
import type { EnvironmentSettings } from './environment.ts';
import { resolveMail } from './mail-config.ts';
import type { Instrumentation, MonitoringOptions, RetentionOptions } from './options.ts';
import { completeRetention } from './retention-rule.ts';
import { completeThresholds } from './thresholds-rule.ts';

/** Everything that can be set, checked and complete, so that nothing looks again. Frozen, bar what is the user's. */
export interface Config {
  /** Undefined leaves the name to OpenTelemetry. */
  readonly serviceName: string | undefined;
  /** Undefined leaves the version to package.json. */
  readonly serviceVersion: string | undefined;
  readonly traces: 'on' | 'off';
  readonly http: 'lean' | 'standard';
  /** Empty for none. */
  readonly instrumentations: 'auto' | readonly Instrumentation[];
  readonly adminApi: false | AdminApiConfig;
  readonly store: StoreConfig;
  /** Not less for a coarser level. */
  readonly retentionDays: Readonly<Record<keyof RetentionOptions, number>>;
  readonly maxStoreBytes: number;
  readonly encryption: EncryptionConfig;
  /** Undefined where none are made, as always with the store in memory. */
  readonly backup: BackupConfig | undefined;
  readonly alerts: false | AlertsConfig;
  readonly user: NonNullable<MonitoringOptions['user']> | undefined;
  /** Where lines go. A logger is the application's own: it may do anything. */
  readonly logger: 'stderr' | 'silent' | Logger;
  readonly ignorePaths: readonly string[];
  readonly maxEndpoints: number;
  readonly privacy: Privacy;
  /** Undefined where none is sent. */
  readonly mail: MailSettings | undefined;
  /** After which periods a review is mailed, where there is mail. */
  readonly reports: readonly ReviewPeriod[];
  readonly thresholds: Readonly<HealthThresholds>;
  /** Absolute. */
  readonly diskPath: string;
}

export type StoreConfig = Readonly<{ kind: 'memory' } | { kind: 'file' /** Absolute. */; path: string }>;

export interface EncryptionConfig {
  /** 32 bytes each: the first to write under, all of them to read. Empty for no encryption. */
  readonly keys: readonly Uint8Array[];
  /** The environment has a key that can't be taken: so the store is in memory, as nothing may be in the clear. */
  readonly refused: boolean;
}

export interface BackupConfig {
  readonly everyMs: number;
  readonly keep: number;
  /** Absolute. */
  readonly dir: string;
}

const DEFAULT_STORE = '.tacho/tacho.db';
const DEFAULT_MAX_FILE_BYTES = 2 ** 31;
const DEFAULT_MAX_MEMORY_BYTES = 2 ** 24;
const DEFAULT_BACKUPS = 7;

/**
 * What was given as an option, or else in the environment, or else the default: in this order, only here.
 * @throws TachoError TACHO_BAD_OPTION where a file that an option names is wrong
 */
export function resolveConfig(options: MonitoringOptions, environment: EnvironmentSettings): Config {
  const encryption = resolveEncryption(options.encryptionKey, environment);
  const thresholds = Object.freeze(completeThresholds(options.thresholds));
  const store = encryption.refused ? MEMORY : resolveStore(options.store ?? environment.store);
  return Object.freeze({
    serviceName: options.serviceName ?? environment.serviceName,
    serviceVersion: options.serviceVersion ?? environment.serviceVersion,
    traces: options.traces ?? environment.traces ?? 'on',
    http: options.http ?? environment.http ?? 'lean',
    instrumentations: options.instrumentations ?? environment.instrumentations ?? [],
    adminApi: options.adminApi !== false && resolveAdminApi(options.adminApi, environment),
    store,
    retentionDays: Object.freeze(completeRetention(options.retentionDays ?? environment.retentionDays)),
    maxStoreBytes:
      options.maxStoreBytes ??
      environment.maxStoreBytes ??
      (store.kind === 'file' ? DEFAULT_MAX_FILE_BYTES : DEFAULT_MAX_MEMORY_BYTES),
    encryption,
    backup: resolveBackup(options.backup, store),
    alerts: options.alerts !== false && resolveAlerts(options.alerts, environment, thresholds),
    user: options.user,
    logger: options.logger === false ? 'silent' : (options.logger ?? 'stderr'),
    ignorePaths: Object.freeze([...(options.ignorePaths ?? DEFAULT_IGNORED_PATHS)]),
    maxEndpoints: options.maxEndpoints ?? DEFAULT_LIMITS.maxEndpoints,
    privacy: Object.freeze({
      path: options.privacy?.path ?? 'template',
      query: options.privacy?.query ?? 'drop',
      headers: options.privacy?.headers ?? 'drop',
      clientAddress: options.privacy?.clientAddress ?? 'truncate',
      errorText: options.privacy?.errorText ?? 'drop',
    }),
    mail: resolveMail(options.mail, environment.mail),
    reports: Object.freeze([...(options.reports ?? environment.reports ?? [])]),
    thresholds,
    diskPath: resolve(options.diskPath ?? '/'),
  });
}

const MEMORY: StoreConfig = Object.freeze({ kind: 'memory' });

function resolveStore(text = DEFAULT_STORE): StoreConfig {
  return text === 'memory' ? MEMORY : Object.freeze({ kind: 'file', path: resolve(text) });
}

function resolveEncryption(
  option: MonitoringOptions['encryptionKey'],
  { encryptionKeys }: EnvironmentSettings,
): EncryptionConfig {
  const texts = typeof option === 'string' ? [option] : option;
  const given = texts?.map(parseEncryptionKey).filter((key) => key !== undefined) ?? encryptionKeys ?? [];
  const refused = given === 'refused';
  return Object.freeze({ keys: Object.freeze(refused ? [] : [...given]), refused });
}

function resolveBackup(options: MonitoringOptions['backup'], store: StoreConfig): BackupConfig | undefined {
  if (options === undefined || options === false || store.kind === 'memory') return undefined;
  return Object.freeze({
    everyMs: durationMs(options.every),
    keep: options.keep ?? DEFAULT_BACKUPS,
    dir: resolve(options.dir ?? join(dirname(store.path), 'backups')),
  });
}
