import { usageError } from './command-error.ts';
import type { Environment } from './environment.ts';
import { readSecretFile } from './secret-file.ts';

export interface ErasedUserOptions {
  user?: string;
  userFile?: string;
}

/**
 * The name to erase, as the service gets it: from `--user`, or from the file of `--user-file` (`-` is stdin) without
 * the line's end. No message ever shows it.
 */
export async function erasedUser(
  { user, userFile }: ErasedUserOptions,
  environment: Environment,
): Promise<string> {
  if ((user === undefined) === (userFile === undefined)) {
    throw usageError('erase takes the name in one place: --user or --user-file');
  }
  const source = user === undefined ? '--user-file' : '--user';
  const name = user ?? (await readSecretFile(source, userFile ?? '', environment)).replace(/\r?\n$/, '');
  if (name === '') throw usageError(`${source}: expected a name, found none`);
  return name;
}
