import type { EnvironmentSettings } from './environment.ts';
import type { MonitoringOptions } from './options.ts';

/** One line for each option that is right and can't be followed, because of what the environment says. */
export function conflicts(options: MonitoringOptions, environment: EnvironmentSettings): readonly string[] {
  const inMemory = options.store === undefined && environment.store === 'memory';
  if (!inMemory || options.backup === undefined || options.backup === false) return [];
  return ['option "backup" is left out: TACHO_STORE is "memory", which leaves no file to copy'];
}
