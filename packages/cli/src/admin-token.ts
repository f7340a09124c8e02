import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { readCapped } from './capped-read.ts';
import { usageError } from './command-error.ts';
import type { Environment } from './environment.ts';
import { failureReason } from './failure-reason.ts';
import { quoted } from './shown.ts';
import { untilAborted } from './until-aborted.ts';

const MAX_TOKEN_FILE_BYTES = 8192;

/** What an `Authorization` header can carry: visible ASCII. */
const TOKEN = /^[\x21-\x7e]+$/;

/**
 * The token for the admin API: from the file of `--token-file` (`-` is stdin), else the first in
 * `TACHO_ADMIN_TOKEN`, which may have the service's several, separated by commas. White space around it is no
 * part of it. No message ever shows it.
 * @returns undefined where none is given
 */
export async function adminToken(
  tokenFile: string | undefined,
  environment: Environment,
): Promise<string | undefined> {
  if (tokenFile !== undefined) {
    const contents = untilAborted(readTokenFile(tokenFile, environment), environment.interrupted);
    return checkedToken(`--token-file ${quoted(tokenFile)}`, (await contents).trim());
  }
  const tokens = environment.variables.TACHO_ADMIN_TOKEN?.split(',').map((token) => token.trim()) ?? [];
  const token = tokens.find((each) => each !== '');
  return token === undefined ? undefined : checkedToken('TACHO_ADMIN_TOKEN', token);
}

async function readTokenFile(path: string, { stdin, folder }: Environment): Promise<string> {
  let contents: string | undefined;
  try {
    const source = path === '-' ? stdin : createReadStream(resolve(folder, path));
    contents = await readCapped(source, MAX_TOKEN_FILE_BYTES);
  } catch (error) {
    throw usageError(`--token-file ${quoted(path)} can't be read: ${failureReason(error)}`);
  }
  if (contents === undefined) {
    throw usageError(`--token-file ${quoted(path)}: expected at most ${MAX_TOKEN_FILE_BYTES} bytes`);
  }
  return contents;
}

function checkedToken(source: string, token: string): string {
  if (TOKEN.test(token)) return token;
  throw usageError(
    `${source}: expected one token of visible ASCII characters${token === '' ? ', found none' : ''}`,
  );
}
