import { terminalText } from '../terminal-text.ts';
import type { LogEntry, Logger, LogLevel } from './logger.ts';

/**
 * A logger that writes each entry as one line of JSON, with `time` (UTC) and `level` before the rest. Nothing in
 * an entry can end the line or steer a terminal.
 */
export function jsonLines(now: () => number, writeLine: (line: string) => void): Logger {
  const write = (level: LogLevel) => (entry: LogEntry) => {
    const time = new Date(now()).toISOString();
    writeLine(terminalText(JSON.stringify({ time, level, ...entry })));
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
