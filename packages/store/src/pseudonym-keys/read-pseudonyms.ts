import { TachoError } from '@tacho/core';
import { reasonOf } from './failure-reason.ts';
import { readKeyFile } from './key-file.ts';
import { parseKeyList } from './key-list-text.ts';
import { Pseudonyms } from './pseudonyms.ts';

/**
 * The pseudonyms of a user under every key that a key file holds. The file is left as it is.
 *
 * @throws TachoError `TACHO_STORE_MISSING` without a key file, `TACHO_STORE_CORRUPT`, `TACHO_STORE_NEWER`, and
 * `TACHO_STORE_UNAVAILABLE` for anything else
 */
export function pseudonymsIn(path: string, user: string): string[] {
  const text = textOf(path);
  if (text === undefined) throw missing(path);
  try {
    return new Pseudonyms(parseKeyList(text).keys).all(user);
  } catch (error) {
    if (error instanceof TachoError && error.code === 'TACHO_STORE_NEWER') throw error;
    throw new TachoError('TACHO_STORE_CORRUPT', `The key file ${path} is damaged, or no key file.`);
  }
}

function textOf(path: string): string | undefined {
  try {
    return readKeyFile(path, false)?.text;
  } catch (cause) {
    throw new TachoError(
      'TACHO_STORE_UNAVAILABLE',
      `The key file ${path} can't be read: ${reasonOf(cause)}.`,
      {
        cause,
      },
    );
  }
}

function missing(path: string): TachoError {
  return new TachoError(
    'TACHO_STORE_MISSING',
    `There is no key file ${path}: without the keys nobody can tell which pseudonyms a user has.`,
    { hint: 'It is beside the file of the running service, and not in its backups.' },
  );
}
