import { Console } from 'node:console';

/** Whether there is a person to read it. Never throws. */
export function stderrIsTerminal(): boolean {
  try {
    return process.stderr.isTTY;
  } catch {
    return false;
  }
}

/**
 * Writes one line to stderr. Never throws, and a reader that has gone away (EPIPE) is nobody's problem: a
 * `Console` of our own absorbs both, is not what the application may have put in the place of `console`, and
 * still goes through `process.stderr`, which process managers redirect.
 */
export function writeStderrLine(line: string): void {
  try {
    new Console({ stdout: process.stderr, stderr: process.stderr }).error(line);
  } catch {
    // Without a stderr there is nobody to tell.
  }
}
