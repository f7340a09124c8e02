import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { readCapped } from './capped-read.ts';
import { usageError } from './command-error.ts';
import type { Environment } from './environment.ts';
import { failureReason } from './failure-reason.ts';
import { quoted } from './shown.ts';
import { untilAborted } from './until-aborted.ts';

const MAX_BYTES = 8192;

/**
 * What the process list is not to show: the contents of a small file, or of stdin where `path` is `-`.
 * @param option names the file in messages
 * @throws `CommandError` of usage; the reason of `interrupted` once that is aborted
 */
export async function readSecretFile(
  option: string,
  path: string,
  environment: Environment,
): Promise<string> {
  return await untilAborted(read(option, path, environment), environment.interrupted);
}

async function read(option: string, path: string, { stdin, folder }: Environment): Promise<string> {
  let contents: string | undefined;
  try {
    const source = path === '-' ? stdin : createReadStream(resolve(folder, path));
    contents = await readCapped(source, MAX_BYTES);
  } catch (error) {
    throw usageError(`${option} ${quoted(path)} can't be read: ${failureReason(error)}`);
  }
  if (contents === undefined)
    throw usageError(`${option} ${quoted(path)}: expected at most ${MAX_BYTES} bytes`);
  return contents;
}
