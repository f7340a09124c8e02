import { resolve } from 'node:path';
import { TachoError } from '@tacho/core';
import {
  ENCRYPTION_KEY_TEXT,
  MAX_ENCRYPTION_KEYS,
  parseEncryptionKey,
  readEncryptionKeyFile,
} from '@tacho/store';
import { usageError } from './command-error.ts';
import type { Environment, TextOutput } from './environment.ts';
import { quoted } from './shown.ts';

type Variables = Environment['variables'];

const KEY = 'TACHO_ENCRYPTION_KEY';
const FILE = 'TACHO_ENCRYPTION_KEY_FILE';

/** Whether what is written will be encrypted. */
export function hasEncryptionKey(variables: Variables): boolean {
  return textOf(variables, KEY) !== undefined || textOf(variables, FILE) !== undefined;
}

/**
 * The keys that the service itself is given: in `TACHO_ENCRYPTION_KEY`, several of them separated by commas, or in the
 * file of `TACHO_ENCRYPTION_KEY_FILE`. No message ever shows one.
 * @returns the key to write under first; none without encryption
 * @throws `CommandError` of usage
 */
export function encryptionKeys({
  variables,
  folder,
  stderr,
}: Pick<Environment, 'variables' | 'folder'> & {
  readonly stderr: Pick<TextOutput, 'write'>;
}): readonly Uint8Array[] {
  const text = textOf(variables, KEY);
  const path = textOf(variables, FILE);
  if (text !== undefined && path !== undefined)
    throw usageError(`${KEY} and ${FILE} are both set: expected one`);
  if (text !== undefined) return keysIn(text);
  if (path === undefined) return [];
  const { keys, exposed } = keysOfFile(resolve(folder, path), path);
  if (exposed) stderr.write(`tacho: ${FILE}=${quoted(path)} can be read by others than its owner\n`);
  return keys;
}

function keysIn(text: string): Uint8Array[] {
  const texts = text.split(',').map((part) => part.trim());
  const keys = texts.map(parseEncryptionKey).filter((key) => key !== undefined);
  if (keys.length < texts.length) throw usageError(`${KEY}: expected ${ENCRYPTION_KEY_TEXT}`);
  if (keys.length > MAX_ENCRYPTION_KEYS)
    throw usageError(`${KEY}: expected at most ${MAX_ENCRYPTION_KEYS} keys`);
  return keys;
}

function keysOfFile(path: string, shownPath: string): ReturnType<typeof readEncryptionKeyFile> {
  try {
    return readEncryptionKeyFile(path);
  } catch (error) {
    if (!(error instanceof TachoError)) throw error;
    throw usageError(`${FILE}=${quoted(shownPath)}: ${error.message}`);
  }
}

/** Empty counts as unset. */
function textOf(variables: Variables, name: string): string | undefined {
  return variables[name]?.trim() || undefined;
}
