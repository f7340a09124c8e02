import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { TachoError, type TachoErrorCode } from '@tacho/core';
import { Keyring } from '@tacho/store';
import { failure, usageError } from './command-error.ts';
import { encryptionKeys } from './encryption-keys.ts';
import type { Environment } from './environment.ts';
import { errorCode } from './error-code.ts';
import { failureReason } from './failure-reason.ts';
import { quoted } from './shown.ts';
import { storeFailure } from './store-failure.ts';
import { untilAborted } from './until-aborted.ts';

/**
 * Writes to stdout what is encrypted in a file, or in stdin where `path` is `-`. No more than a part of it is in
 * memory at once, however slowly it is read.
 * @throws `CommandError`; the reason of `interrupted` or of the closed output once that is aborted
 */
export async function printDecrypted(path: string, environment: Environment): Promise<void> {
  if (path === '') throw usageError('decrypt "": expected a file');
  const { stdout, interrupted } = environment;
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const stop = AbortSignal.any([interrupted, stdout.closed]);
  for await (const part of decryptedParts(path, environment, stop)) {
    stdout.write(decoder.decode(part, { stream: true }));
    await untilAborted(stdout.flush(), stop);
  }
}

/**
 * What is encrypted in a file, or in stdin where `path` is `-`, part by part; that none is missing, only the end tells.
 * @throws `CommandError`; the reason of `stop` once that is aborted
 */
export async function* decryptedParts(
  path: string,
  environment: Environment,
  stop: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { stdin, folder } = environment;
  const opener = Keyring.of(encryptionKeys(environment)).fileOpener();
  try {
    const source = path === '-' ? stdin : createReadStream(resolve(folder, path));
    for await (const sealed of source) {
      stop.throwIfAborted();
      yield opener.add(sealed);
    }
    yield opener.end();
  } catch (error) {
    stop.throwIfAborted();
    throw unreadable(path, error);
  }
}

/** What a command ends with when such a file could not be read. */
export function unreadable(path: string, error: unknown): unknown {
  if (error instanceof TachoError) {
    const { code, message } = error;
    return storeFailure(new TachoError(storeCode(code), `${quoted(path)}: ${message}`, { cause: error }));
  }
  const reason = `${quoted(path)} can't be read: ${failureReason(error)}`;
  if (errorCode(error) !== 'ENOENT') return failure(reason);
  return storeFailure(new TachoError('TACHO_STORE_MISSING', reason, { cause: error }));
}

/** Bytes that are not what they say make the file a damaged one. */
function storeCode(code: TachoErrorCode): TachoErrorCode {
  return code === 'TACHO_BAD_DATA' ? 'TACHO_STORE_CORRUPT' : code;
}
