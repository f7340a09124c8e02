/** What one line says: flat, and fit for JSON. */
export interface LogEntry {
  /** What happened, in a word: `slow_request`, `server_error`, `requests_not_logged`, `notice`. */
  readonly event: string;
  readonly [field: string]: string | number | boolean | null;
}

/**
 * What lines are handed to. Each method is called with one new object, which it may keep and change; level and
 * time are not in it, as loggers have their own. `console` and the loggers of pino, bunyan and winston will do.
 */
export interface Logger {
  info(entry: LogEntry): unknown;
  warn(entry: LogEntry): unknown;
  error(entry: LogEntry): unknown;
}

export type LogLevel = keyof Logger;

export const SILENT_LOGGER: Logger = { info() {}, warn() {}, error() {} };
