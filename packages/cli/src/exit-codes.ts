import { constants } from 'node:os';

/** What the process says to whoever started it. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  missing: 3,
  locked: 4,
  corrupt: 5,
  newer: 6,
  encrypted: 7,
  wrongKey: 8,
  /** `tacho check`: what was measured proves neither. */
  cannotTell: 10,
  /** `tacho check`: nothing could be judged. */
  unchecked: 11,
} as const;

/** As shells have it: 130 for SIGINT. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

const FINE = `${EXIT_CODES.ok}    fine`;
const MISUSED = `${EXIT_CODES.usage}    a command, option or value that is not understood`;
const INTERRUPTED = `${exitCodeOf('SIGINT')}  interrupted; for any signal, 128 and its number`;

const STORE_CODES = `  ${EXIT_CODES.missing}    there is no such file
  ${EXIT_CODES.locked}    another process keeps the file locked
  ${EXIT_CODES.corrupt}    the file is damaged, or is something else
  ${EXIT_CODES.newer}    a later version of tacho wrote the file
  ${EXIT_CODES.encrypted}    the file is encrypted, and no key was given
  ${EXIT_CODES.wrongKey}    the file is encrypted with another key`;

export const MONITOR_EXIT_CODES_HELP = `Exit codes:
  ${FINE}
  ${EXIT_CODES.failed}    the service can't be reached, refuses the token or answers nonsense;
       or what was asked for can't be written
  ${MISUSED}
${STORE_CODES}
  ${INTERRUPTED}`;

export const ALERTS_EXIT_CODES_HELP = `Exit codes:
  ${FINE}; of list, whatever fires
  ${EXIT_CODES.failed}    the service can't be reached, refuses what it is asked or answers nonsense;
       of test, something could not be sent
  ${MISUSED}
  ${INTERRUPTED}`;

export const DOCTOR_EXIT_CODES_HELP = `Exit codes:
  ${EXIT_CODES.ok}    no problem; there may be warnings
  ${EXIT_CODES.failed}    problems were found
  ${MISUSED}
  ${INTERRUPTED}`;

export const REPORT_EXIT_CODES_HELP = `Exit codes:
  ${FINE}
  ${EXIT_CODES.failed}    the service can't be reached, refuses the token or answers nonsense;
       or the file can't be read or written
  ${MISUSED}
${STORE_CODES}
  ${INTERRUPTED}`;

export const STORE_EXIT_CODES_HELP = `Exit codes:
  ${FINE}
  ${EXIT_CODES.failed}    it can't be done now: the target exists, the disk is full, …
  ${MISUSED}
${STORE_CODES}
  ${INTERRUPTED}`;

export const CHECK_EXIT_CODES_HELP = `Exit codes:
  ${EXIT_CODES.ok}    pass
  ${EXIT_CODES.failed}    fail
  ${MISUSED}
  ${EXIT_CODES.missing}    there is no such file
  ${EXIT_CODES.corrupt}    a file is damaged, or is something else
  ${EXIT_CODES.newer}    a later version of tacho encrypted a file
  ${EXIT_CODES.encrypted}    a file is encrypted, and no key was given
  ${EXIT_CODES.wrongKey}    a file is encrypted with another key
  ${EXIT_CODES.cannotTell}   cannot tell: too few requests, or too much noise
  ${EXIT_CODES.unchecked}   not checked: the service can't be reached, refuses the token or answers nonsense;
       or a file can't be read or written
  ${INTERRUPTED}`;
