import { absorb } from './absorb.ts';
import type { LogEntry, Logger, LogLevel } from './logger.ts';

/** A logger of the application's, so wrapped that nothing it throws or rejects with comes through. */
export function guardedLogger(logger: Logger, onFailure: (thrown: unknown) => void): Logger {
  const guarded = (level: LogLevel) => (entry: LogEntry) => absorb(() => logger[level](entry), onFailure);
  return { info: guarded('info'), warn: guarded('warn'), error: guarded('error') };
}
