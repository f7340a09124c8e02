import type { EnvironmentSettings } from './environment.ts';
import type { MonitoringOptions } from './options.ts';

/** One line for each option that is right and can't be followed, because of what the environment says. */
export function conflicts(options: MonitoringOptions, environment: EnvironmentSettings): readonly string[] {
  return [...backupConflicts(options, environment), ...reportsConflicts(options, environment)];
}

function backupConflicts({ store, backup }: MonitoringOptions, environment: EnvironmentSettings): string[] {
  const inMemory = store === undefined && environment.store === 'memory';
  if (!inMemory || backup === undefined || backup === false) return [];
  return ['option "backup" is left out: TACHO_STORE is "memory", which leaves no file to copy'];
}

function reportsConflicts({ reports, mail }: MonitoringOptions, environment: EnvironmentSettings): string[] {
  const asked = reports ?? environment.reports ?? [];
  if (asked.length === 0 || mail !== undefined || environment.mail !== undefined) return [];
  const name = reports === undefined ? 'TACHO_REPORTS' : 'option "reports"';
  return [`${name} is left out: no review is mailed without option "mail", or TACHO_SMTP_URL and its like`];
}
