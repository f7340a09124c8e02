import type { Config } from '../config/config.ts';
import { errorName } from '../error-text.ts';
import { guardedLogger } from './guarded-logger.ts';
import { jsonLines } from './json-lines.ts';
import { type Logger, SILENT_LOGGER } from './logger.ts';
import { type Notices, notices, type Say, sayOnStderr, sayTo } from './notices.ts';
import { RecentNotices } from './recent-notices.ts';

/** Where lines go: about requests to `logger`, about tacho itself to `notices`. Neither ever throws. */
export interface Log {
  readonly logger: Logger;
  readonly notices: Notices;
  /** What the notices have warned of, wherever they go. */
  readonly recent: RecentNotices;
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
  const recent = new RecentNotices(now);
  const noticesTo = (say: Say): Notices =>
    notices(now, (level, text) => {
      recent.add(level, text);
      say(level, text);
    });
  if (destination === 'silent') return { logger: SILENT_LOGGER, notices: noticesTo(() => {}), recent };
  const plain = noticesTo(sayOnStderr(writeLine));
  if (destination === 'stderr')
    return { logger: guardedLogger(jsonLines(now, writeLine), () => {}), notices: plain, recent };
  const logger = guardedLogger(destination, (thrown) =>
    plain.warnRarely('logger', `the logger failed, and its line is lost: it threw ${errorName(thrown)}`),
  );
  return { logger, notices: noticesTo(sayTo(logger)), recent };
}
