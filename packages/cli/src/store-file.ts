import { join, resolve } from 'node:path';
import { usageError } from './command-error.ts';
import type { Environment } from './environment.ts';

const DEFAULT_FILE = join('.tacho', 'tacho.db');

/** The absolute path of the store's file: `--store`, else `TACHO_STORE`, else where a service puts it by default. */
export function storeFile(option: string | undefined, { variables, folder }: Environment): string {
  if (option !== undefined) return namedFile('--store', option, folder);
  const variable = variables.TACHO_STORE?.trim() || DEFAULT_FILE;
  if (variable === 'memory') {
    throw usageError('TACHO_STORE=memory leaves no file behind: say with --store which one is meant');
  }
  return resolve(folder, variable);
}

/**
 * The absolute path that an argument or option names.
 * @param source names it in the message where it is empty
 */
export function namedFile(source: string, path: string, folder: string): string {
  if (path === '') throw usageError(`${source} "": expected a file`);
  return resolve(folder, path);
}
