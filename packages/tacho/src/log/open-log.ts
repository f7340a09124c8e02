import type { Config } from '../config/config.ts';
import { errorName } from '../error-text.ts';
import { guardedLogger } from './guarded-logger.ts';
import { jsonLines } from './json-lines.ts';
import { type Logger, SILENT_LOGGER } from './logger.ts';
import { type Notices, notices, sayOnStderr, sayTo } from './notices.ts';

/** Where lines go: about requests to `logger`, about tacho itself to `notices`. Neither ever throws. */
export interface Log {
  readonly logger: Logger;
  readonly notices: Notices;
}

/**
 * - `stderr`: JSON for requests, plain lines for notices.
 * - `silent`: neither.
 * - a logger: both, and only what it throws goes to stderr.
 */
export function openLog(
  destination: Config['logger'],
  now: () => number,
  writeLine: (line: string) => void,
): Log {
  if (destination === 'silent') return { logger: SILENT_LOGGER, notices: notices(now, () => {}) };
  const plain = notices(now, sayOnStderr(writeLine));
  if (destination === 'stderr')
    return { logger: guardedLogger(jsonLines(now, writeLine), () => {}), notices: plain };
  const logger = guardedLogger(destination, (thrown) =>
    plain.warnRarely('logger', `the logger failed, and its line is lost: it threw ${errorName(thrown)}`),
  );
  return { logger, notices: notices(now, sayTo(logger)) };
}
