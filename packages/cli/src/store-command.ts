import type { Command } from 'commander';
import { commandLine } from './command-line.ts';
import type { Environment } from './environment.ts';
import { STORE_EXIT_CODES_HELP } from './exit-codes.ts';

/** What every command takes that works on a store's file. */
export interface StoreOptions {
  store?: string;
  json?: true;
}

export interface StoreCommandTexts {
  name: string;
  summary: string;
  description: string;
  /** Each a line that says what for, and one to type. */
  examples: string;
}

const ENCRYPTION_HELP = `The key of an encrypted store is read from TACHO_ENCRYPTION_KEY, or from the file that
TACHO_ENCRYPTION_KEY_FILE names; never from the command line, which the process list shows.`;

/** A command with what they all share; its own arguments, options and action are yet to be added. */
export function storeCommand(texts: StoreCommandTexts, environment: Environment): Command {
  return commandLine(texts.name, environment)
    .summary(texts.summary)
    .description(texts.description)
    .option('--store <file>', "the store's file; else TACHO_STORE says it, else it is .tacho/tacho.db here")
    .option('--json', 'print the result as one JSON object')
    .addHelpText('after', `\nExamples:\n${texts.examples}\n\n${ENCRYPTION_HELP}\n\n${STORE_EXIT_CODES_HELP}`);
}
