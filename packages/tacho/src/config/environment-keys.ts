import { resolve } from 'node:path';
import { TachoError } from '@tacho/core';
import {
  ENCRYPTION_KEY_TEXT,
  MAX_ENCRYPTION_KEYS,
  parseEncryptionKey,
  readEncryptionKeyFile,
} from '@tacho/store';
import { type EnvironmentVariables, textOf } from './variables.ts';

const KEY = 'TACHO_ENCRYPTION_KEY';
const KEY_FILE = 'TACHO_ENCRYPTION_KEY_FILE';

const CONSEQUENCE =
  'Without the option encryptionKey, history is kept in memory and not written in the clear.';

type Warn = (line: string) => void;

/**
 * The keys of either variable: the first to write under, all of them to read. One that can't be taken refuses them
 * all, as a store that is read with fewer keys, or written without one, would be another. No warning shows a key.
 *
 * @returns undefined where neither variable is set
 */
export function encryptionKeys(
  variables: EnvironmentVariables,
  warn: Warn,
): readonly Uint8Array[] | 'refused' | undefined {
  const text = textOf(variables, KEY);
  const path = textOf(variables, KEY_FILE);
  if (text !== undefined && path !== undefined)
    return refused(`${KEY} and ${KEY_FILE} are both set; allowed: one of them`, warn);
  if (text !== undefined) return keysIn(text, warn);
  return path === undefined ? undefined : keysOfFile(path, warn);
}

function keysIn(text: string, warn: Warn): readonly Uint8Array[] | 'refused' {
  const texts = text.split(',', MAX_ENCRYPTION_KEYS + 1).map((part) => part.trim());
  const keys = texts.map(parseEncryptionKey).filter((key) => key !== undefined);
  if (keys.length === texts.length && keys.length <= MAX_ENCRYPTION_KEYS) return keys;
  const allowed = `at most ${MAX_ENCRYPTION_KEYS}, separated by commas, each ${ENCRYPTION_KEY_TEXT}`;
  return refused(`${KEY} has a key that can't be taken, or too many; allowed: ${allowed}`, warn);
}

function keysOfFile(path: string, warn: Warn): readonly Uint8Array[] | 'refused' {
  try {
    const { keys, exposed } = readEncryptionKeyFile(resolve(path));
    if (exposed) warn(`${KEY_FILE}: others than its owner may open the key file; chmod 600 closes it`);
    return keys;
  } catch (thrown) {
    const why = thrown instanceof TachoError ? thrown.message : "the key file can't be read";
    return refused(`${KEY_FILE}: ${why}`, warn);
  }
}

function refused(what: string, warn: Warn): 'refused' {
  warn(`${what}. ${CONSEQUENCE}`);
  return 'refused';
}
