import process from 'node:process';
import type { StoreTools } from '@tacho/store';
import type { CheckVariables } from './environment.ts';
import { main } from './main.ts';
import { nodeEnvironment } from './node-environment.ts';

export interface RunOptions {
  /** Of tacho, for `--version`. */
  version: string;
  /** The process's environment. */
  variables: Readonly<Record<string, string | undefined>>;
  /** Called by the first command that works on a store's file, for no other needs them loaded. */
  stores: () => StoreTools;
  /** Called by `tacho doctor` alone. */
  checkVariables: CheckVariables;
  /** What follows the command's name; the process's own unless given. */
  argv?: readonly string[];
}

/** Runs the `tacho` command in this process, and ends the process: the one place that does. */
export async function run({
  version,
  variables,
  stores,
  checkVariables,
  argv = process.argv.slice(2),
}: RunOptions): Promise<never> {
  const exitCode = await main(argv, nodeEnvironment(version, variables, stores, checkVariables));
  await new Promise((resolve) => process.stderr.write('', resolve));
  process.exit(exitCode);
}
