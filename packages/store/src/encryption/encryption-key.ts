import { KEY_BYTES } from './subkeys.ts';

/** Completes "allowed: …". */
export const ENCRYPTION_KEY_TEXT = '32 random bytes, as 64 hex digits or as base64';

/** The most keys there may be: one to write under, and those that it followed. */
export const MAX_ENCRYPTION_KEYS = 8;

const HEX = /^[0-9a-f]{64}$/i;
/** Standard or URL-safe, and not both at once. */
const BASE64 = /^(?:[A-Za-z0-9+/]{43}|[A-Za-z0-9_-]{43})=?$/;
const ONLY_HEX_DIGITS = /^(?:[0-9a-f]+|[0-9A-F]+)=?$/;

/**
 * A key given as text. Refused beside what is not 32 bytes: zeros alone, and what is hex taken for base64, by the
 * one who cut it or by the one who encoded the digits in place of the bytes.
 *
 * @returns its bytes; undefined where it is none. No message is made here, so none shows it
 */
export function parseEncryptionKey(text: string): Uint8Array | undefined {
  const key = HEX.test(text) ? bytesOf(text, 'hex') : fromBase64(text);
  if (key === undefined || key.every((byte) => byte === 0)) return undefined;
  return ONLY_HEX_DIGITS.test(String.fromCharCode(...key)) ? undefined : key;
}

function fromBase64(text: string): Uint8Array | undefined {
  if (!BASE64.test(text) || ONLY_HEX_DIGITS.test(text)) return undefined;
  const key = bytesOf(text, 'base64');
  // The last of the 43 characters has two bits to spare; another text for the same key would be a slip.
  const [written, meant] = [text, Buffer.from(key).toString('base64')].map(withoutVariants);
  return key.length === KEY_BYTES && written === meant ? key : undefined;
}

function withoutVariants(base64: string): string {
  return base64.replaceAll('-', '+').replaceAll('_', '/').replace('=', '');
}

/** In memory of its own: a pooled buffer shares it with whatever comes next. */
function bytesOf(text: string, encoding: 'hex' | 'base64'): Uint8Array {
  return new Uint8Array(Buffer.from(text, encoding));
}
