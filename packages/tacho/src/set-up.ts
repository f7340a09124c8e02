import type { Clock } from '@tacho/core';
import { checkOptions } from './config/check-options.ts';
import { type Config, resolveConfig } from './config/config.ts';
import { weakTokens } from './config/configured-tokens.ts';
import { conflicts } from './config/conflicts.ts';
import { readEnvironment } from './config/environment.ts';
import type { EnvironmentVariables } from './config/variables.ts';
import { errorText } from './error-text.ts';
import { type Log, openLog } from './log/open-log.ts';
import { INERT_MONITORING, type Monitoring } from './monitoring.ts';
import { runningInstance, startInstance } from './single-instance.ts';
import { writeStderrLine } from './stderr-line.ts';
import { systemClock, wallTime } from './system-clock.ts';

/** What the running instance is handed, beside its configuration. */
export interface Surroundings extends Log {
  readonly clock: Clock;
  /** For what reads standard `OTEL_*` variables of its own. */
  readonly environment: EnvironmentVariables;
}

export type Start = (config: Config, surroundings: Surroundings) => Monitoring;

/**
 * From what the application and the environment say to a running instance, or to the one that runs already.
 * What fails past the options is told in one line.
 *
 * @throws TachoError TACHO_BAD_OPTION
 */
export function setUp(options: unknown, environment: EnvironmentVariables, start: Start): Monitoring {
  const checked = checkOptions(options);
  const running = runningInstance();
  if (running !== undefined) return running;

  const settings = readEnvironment(environment);
  const config = resolveConfig(checked, settings);
  const log = openLog(config.logger, wallTime, writeStderrLine);
  const { notices } = log;
  const warnings = [...settings.warnings, ...conflicts(checked, settings), ...weakTokens(checked, settings)];
  for (const warning of warnings) notices.warn(warning);
  const clock = systemClock((thrown) => notices.warnRarely('timer', `a timer failed: ${errorText(thrown)}`));
  try {
    return startInstance({
      start: () => start(config, { ...log, clock, environment }),
      onCalledAgain: () =>
        notices.warn('startMonitoring was called again: the first call holds, and its options stay'),
      onFailedShutdown: (thrown) => notices.warn(`the shutdown failed: ${errorText(thrown)}`),
    });
  } catch (thrown) {
    notices.error(`could not start and is switched off: ${errorText(thrown)}`);
    return INERT_MONITORING;
  }
}
