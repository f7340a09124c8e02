import { terminalText } from '../terminal-text.ts';
import type { Logger, LogLevel } from './logger.ts';
import { RareWarnings } from './rare-warnings.ts';

/** What tacho has to say about itself to whoever runs the service, a line at a time. Never throws. */
export interface Notices {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /**
   * `warn`, for what may happen many times: once a minute for each kind, then with the number left out.
   * @param kind a short fixed name
   */
  warnRarely(kind: string, text: string): void;
}

export type Say = (level: LogLevel, text: string) => void;

export function notices(now: () => number, say: Say): Notices {
  const rare = new RareWarnings();
  return {
    info: (text) => say('info', text),
    warn: (text) => say('warn', text),
    error: (text) => say('error', text),
    warnRarely(kind, text) {
      const admitted = rare.admit(kind, text, now());
      if (admitted !== undefined) say('warn', admitted);
    },
  };
}

/** A way to say something: on stderr, as a line for people. */
export function sayOnStderr(writeLine: (line: string) => void): Say {
  return (_level, text) => writeLine(`tacho: ${terminalText(text)}`);
}

/** A way to say something: to a logger, as the `message` of an entry. */
export function sayTo(logger: Logger): Say {
  return (level, text) => {
    logger[level]({ event: 'notice', message: text });
  };
}
