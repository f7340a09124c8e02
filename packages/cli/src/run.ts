import process from 'node:process';
import { main } from './main.ts';
import { nodeEnvironment } from './node-environment.ts';

export interface RunOptions {
  /** Of tacho, for `--version`. */
  version: string;
  /** The process's environment. */
  variables: Readonly<Record<string, string | undefined>>;
  /** What follows the command's name; the process's own unless given. */
  argv?: readonly string[];
}

/** Runs the `tacho` command in this process, and ends the process: the one place that does. */
export async function run({ version, variables, argv = process.argv.slice(2) }: RunOptions): Promise<never> {
  const exitCode = await main(argv, nodeEnvironment(version, variables));
  await new Promise((resolve) => process.stderr.write('', resolve));
  process.exit(exitCode);
}
