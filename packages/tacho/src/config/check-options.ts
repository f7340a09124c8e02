import { ADMIN_API } from './admin-api-rule.ts';
import { ALERTS } from './alerts-rule.ts';
import { BACKUP } from './backup-rule.ts';
import { badOptions } from './bad-options.ts';
import { fields } from './fields-rule.ts';
import { HEADERS } from './headers-rule.ts';
import { INSTRUMENTATIONS } from './instrumentations-rule.ts';
import { listOf } from './list-rule.ts';
import { LOGGER } from './logger-rule.ts';
import { MAIL } from './mail-rule.ts';
import {
  callback,
  ENCRYPTION_KEYS,
  HTTP,
  IGNORED_PATH,
  MAX_STORE_BYTES,
  PATH,
  SERVICE_NAME,
  STORE,
  TRACES,
} from './option-rules.ts';
import type { MonitoringOptions, PrivacyOptions } from './options.ts';
import { REPORTS } from './reports-rule.ts';
import { RETENTION_DAYS } from './retention-rule.ts';
import { oneOf, orFalse, type Place, type Problem, refuse, secret, wholeNumber } from './rule.ts';
import { THRESHOLDS } from './thresholds-rule.ts';

const OPTIONS = fields<MonitoringOptions>(
  "nothing, or an object of options such as { serviceName: 'shop' }",
  {
    serviceName: SERVICE_NAME,
    serviceVersion: SERVICE_NAME,
    traces: TRACES,
    http: HTTP,
    instrumentations: INSTRUMENTATIONS,
    adminApi: ADMIN_API,
    store: STORE,
    retentionDays: RETENTION_DAYS,
    maxStoreBytes: MAX_STORE_BYTES,
    encryptionKey: secret(ENCRYPTION_KEYS),
    backup: BACKUP,
    alerts: ALERTS,
    user: callback(),
    logger: orFalse(LOGGER),
    ignorePaths: listOf(IGNORED_PATH, 100),
    maxEndpoints: wholeNumber(10, 100_000),
    privacy: fields<PrivacyOptions>('an object with some of path, query, headers, clientAddress, errorText', {
      path: oneOf('template', 'full'),
      query: oneOf('drop', 'keep'),
      headers: HEADERS,
      clientAddress: oneOf('truncate', 'full'),
      errorText: oneOf('drop', 'keep'),
    }),
    mail: MAIL,
    reports: REPORTS,
    thresholds: THRESHOLDS,
    diskPath: PATH,
  },
);

/**
 * @returns a copy of the options, each as `MonitoringOptions` says, or undefined or missing where not given
 * @throws TachoError TACHO_BAD_OPTION with everything that is wrong, one problem a line
 */
export function checkOptions(options: unknown): MonitoringOptions {
  const problems: Problem[] = [];
  const place = { path: '', secret: false, known: OPTIONS.paths, problems };
  const checked = OPTIONS.read(options === undefined ? {} : options, place);
  if (checked !== undefined) checkBackup(checked, place);
  if (checked === undefined || problems.length > 0) throw badOptions(problems);
  return checked;
}

/** There is no file to copy where history is in memory alone. */
function checkBackup({ store, backup }: MonitoringOptions, at: Place): void {
  if (store !== 'memory' || backup === undefined || backup === false) return;
  refuse(backup, 'false, where option "store" is "memory"', { ...at, path: 'backup' });
}
