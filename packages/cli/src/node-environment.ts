import process from 'node:process';
import { isatty } from 'node:tty';
import type { StoreTools } from '@tacho/store';
import { interruption } from './command-error.ts';
import type { CheckVariables, Environment } from './environment.ts';
import { nodeClock } from './node-clock.ts';
import { nodeOutput, nodeTextOutput } from './node-output.ts';
import { nodeTerminal } from './node-terminal.ts';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** This process. The first signal asks the command to end; the second ends it, as if nobody listened. */
export function nodeEnvironment(
  version: string,
  variables: Environment['variables'],
  stores: () => StoreTools,
  checkVariables: CheckVariables,
): Environment {
  const interrupted = new AbortController();
  for (const signal of ENDING_SIGNALS) {
    process.once(signal, () => interrupted.abort(interruption(signal)));
  }
  // There is nowhere left to tell of an error on stderr.
  process.stderr.on('error', () => {});
  return {
    version,
    variables,
    folder: process.cwd(),
    stdin: {
      isTerminal: isatty(0),
      [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator](),
    },
    stdout: nodeOutput(process.stdout),
    stderr: nodeTextOutput(process.stderr),
    get terminal() {
      return nodeTerminal();
    },
    clock: nodeClock,
    fetch: globalThis.fetch,
    get stores() {
      return stores();
    },
    checkVariables,
    interrupted: interrupted.signal,
  };
}
