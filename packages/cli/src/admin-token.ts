import { usageError } from './command-error.ts';
import type { Environment } from './environment.ts';
import { readSecretFile } from './secret-file.ts';
import { quoted } from './shown.ts';

/** What an `Authorization` header can carry: visible ASCII. */
const TOKEN = /^[\x21-\x7e]+$/;

/** What a service may have in place of a token; nobody can come in with it. */
const DIGEST = /^sha256:/i;

/**
 * The token for the admin API: from the file of `--token-file` (`-` is stdin), else the first in
 * `TACHO_ADMIN_TOKEN`, which may have the service's several, and digests of others, separated by commas. White space around it is no
 * part of it. No message ever shows it.
 * @returns undefined where none is given
 */
export async function adminToken(
  tokenFile: string | undefined,
  environment: Environment,
): Promise<string | undefined> {
  if (tokenFile !== undefined) {
    const token = await readSecretFile('--token-file', tokenFile, environment);
    return checkedToken(`--token-file ${quoted(tokenFile)}`, token.trim());
  }
  const tokens = environment.variables.TACHO_ADMIN_TOKEN?.split(',').map((token) => token.trim()) ?? [];
  const token = tokens.find((each) => each !== '' && !DIGEST.test(each));
  return token === undefined ? undefined : checkedToken('TACHO_ADMIN_TOKEN', token);
}

function checkedToken(source: string, token: string): string {
  if (TOKEN.test(token)) return token;
  throw usageError(
    `${source}: expected one token of visible ASCII characters${token === '' ? ', found none' : ''}`,
  );
}
