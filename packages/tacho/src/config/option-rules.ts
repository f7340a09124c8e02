import { isIP } from 'node:net';
import { ENCRYPTION_KEY_TEXT, MAX_ENCRYPTION_KEYS, parseEncryptionKey } from '@tacho/store';
import { listOf } from './list-rule.ts';
import { oneOf, type Rule, refuse, textRule, type ValueRule, valueRule, wholeNumber } from './rule.ts';

// What a single option may be; where an environment variable says the same thing, it is held to the same rule.

export const SERVICE_NAME = textRule(
  '1 to 255 characters, not only blanks, no control characters',
  (text) => /^[^\p{Cc}]{1,255}$/u.test(text) && text.trim() !== '',
);

export const TRACES = oneOf('on', 'off');

export const HTTP = oneOf('lean', 'standard');

export const PORT = wholeNumber(0, 65_535);

export const HOST = textRule(
  'an IP address or a host name, without a port',
  (text) => isIP(text) !== 0 || isHostName(text),
);

export const STORE = textRule(
  '"memory", or the path of a file: with a / or \\ in it, or ending in .db or .sqlite; no URL, no ~',
  (text) => text === 'memory' || isFilePath(text),
);

export const MAX_STORE_BYTES = wholeNumber(2 ** 24, 2 ** 40);

export const ENCRYPTION_KEY = textRule(ENCRYPTION_KEY_TEXT, (text) => parseEncryptionKey(text) !== undefined);

const SEVERAL_KEYS = listOf(ENCRYPTION_KEY, MAX_ENCRYPTION_KEYS);

/** One key, or an array of them. An empty one is a mistake, as it would leave everything in the clear. */
export const ENCRYPTION_KEYS: Rule<string | readonly string[]> = {
  read(value, at) {
    if (typeof value === 'string') return ENCRYPTION_KEY.read(value, at);
    if (typeof value !== 'object') return refuse(value, ENCRYPTION_KEY_TEXT, at);
    const keys = SEVERAL_KEYS.read(value, at);
    return keys?.length === 0 ? refuse(value, 'one key at least', at) : keys;
  },
};

export const IGNORED_PATH = textRule(
  'a path of 1 to 1024 characters that begins with / and has no ?, no # and no blanks',
  (text) => /^\/[^?#\s\p{Cc}]{0,1023}$/u.test(text),
);

/** Of a file or folder, wherever it may be. */
export const PATH = textRule('a path of 1 to 4096 characters, none of them NUL', (text) =>
  /^[^\0]{1,4096}$/.test(text),
);

/** A function; what it takes and returns shows only when it is called. */
export function callback<F extends (...args: never[]) => unknown>(): ValueRule<F> {
  return valueRule('a function', (value): value is F => typeof value === 'function');
}

/** Nothing that is only near to a path: a slip in `memory` would otherwise become a file's name. */
function isFilePath(text: string): boolean {
  return (
    /^[^\0]{1,4096}$/.test(text) &&
    /[/\\]|\.(db|sqlite)$/.test(text) &&
    !/^~|^[a-z][a-z0-9+.-]+:|[/\\]\.{0,2}$/i.test(text)
  );
}

/** By RFC 1123, `_` too; a last label of digits alone would make it a mistyped IP address. */
export function isHostName(text: string): boolean {
  if (text.length > 253) return false;
  const labels = text.replace(/\.$/, '').split('.');
  return labels.every(isLabel) && !/^\d+$/.test(labels.at(-1) ?? '');
}

function isLabel(label: string): boolean {
  return /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label);
}
