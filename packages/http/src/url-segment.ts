/**
 * Tells the parts of a path that name one thing or one person (a number, a UUID, a hash, a date, an address, a
 * token, `Zaphod`, `jane.doe`) from those that name a kind of thing. What is in doubt is an identifier: a word
 * is kept for good. Linear in the segment's length, no regular expression.
 */

import { isSiteFile } from './site-file.ts';
import { isWord } from './url-word.ts';

/** Longest segment that can be a word of the service's own. */
const MAX_WORD_LENGTH = 40;
/** Shortest run of hexadecimal digits (with at least one decimal digit) taken for a hash. */
const MIN_HASH_LENGTH = 8;
/**
 * A word with this many decimal digits is a token or a serial number (`order-20931`, `aX93kd81`). Names have
 * fewer (`v1`, `oauth2`, `sha256`).
 */
const MIN_TOKEN_DIGITS = 4;

/** True when the segment identifies one thing, and so must not be part of a template. */
export function isIdentifier(segment: string): boolean {
  if (segment.length > MAX_WORD_LENGTH) return true;
  // A relative reference, or what stands after the last slash.
  if (segment === '' || segment === '.' || segment === '..') return false;
  if (isToken(segment)) return true;
  return segment.includes('.') ? !isSiteFile(segment) : !isWord(segment);
}

/** By its digits: a number, a date, a hash, a UUID. */
function isToken(segment: string): boolean {
  let digits = 0;
  let hex = 0;
  for (let i = 0; i < segment.length; i++) {
    const code = segment.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) digits++;
    else if ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66) hex++;
  }
  if (digits === segment.length || digits >= MIN_TOKEN_DIGITS || isUuid(segment)) return true;
  return digits > 0 && digits + hex === segment.length && segment.length >= MIN_HASH_LENGTH;
}

/** RFC 9562: 36 characters, dashes at fixed places. */
function isUuid(segment: string): boolean {
  return segment.length === 36 && [8, 13, 18, 23].every((at) => segment.charCodeAt(at) === 0x2d);
}
