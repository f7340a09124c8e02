import type { EnvironmentVariables } from './config/variables.ts';
import type { Monitoring } from './monitoring.ts';
import { setUp } from './set-up.ts';
import { start } from './start.ts';

/**
 * What `startMonitoring` loads, once it is known that this Node can run it: one file as published, with all that
 * every start needs.
 *
 * @throws TachoError TACHO_BAD_OPTION
 */
export function monitor(options: unknown, environment: EnvironmentVariables): Monitoring {
  return setUp(options, environment, start);
}
