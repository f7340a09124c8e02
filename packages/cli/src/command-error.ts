import { EXIT_CODES, exitCodeOf } from './exit-codes.ts';

/** Ends the command. */
export class CommandError extends Error {
  readonly exitCode: number;

  /** @param message one line for stderr; empty where there is nothing to say. May hold any character. */
  constructor(exitCode: number, message: string) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
  }
}

export function failure(message: string): CommandError {
  return new CommandError(EXIT_CODES.failed, message);
}

/** @param message names the option, the value seen and what is allowed */
export function usageError(message: string): CommandError {
  return new CommandError(EXIT_CODES.usage, message);
}

export function interruption(signal: NodeJS.Signals): CommandError {
  return new CommandError(exitCodeOf(signal), '');
}
