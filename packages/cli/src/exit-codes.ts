import { constants } from 'node:os';

/** What the process says to whoever started it. 3 to 8 stay free for commands that open a store. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
} as const;

/** As shells have it: 130 for SIGINT. */
export function exitCodeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

export const EXIT_CODES_HELP = `Exit codes:
  ${EXIT_CODES.ok}    fine
  ${EXIT_CODES.failed}    the service can't be reached, refuses the token or answers nonsense;
       or what was asked for can't be written
  ${EXIT_CODES.usage}    a command, option or value that is not understood
  3-8  kept for commands that open a store
  ${exitCodeOf('SIGINT')}  interrupted; for any signal, 128 and its number`;
