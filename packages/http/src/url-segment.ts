/**
 * Tells the parts of a path that name one thing (a number, a UUID, a hash, a date, an address, a token)
 * from those that name a kind of thing. Linear in the segment's length, no regular expression.
 */

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
  if (segment.length > MAX_WORD_LENGTH || isUuid(segment)) return true;
  let digits = 0;
  let hex = 0;
  for (let i = 0; i < segment.length; i++) {
    const code = segment.charCodeAt(i);
    if (isDigit(code)) digits++;
    else if (isHexLetter(code)) hex++;
    else if (isForeign(code)) return true;
  }
  if (digits === 0) return false;
  return (
    digits === segment.length ||
    digits >= MIN_TOKEN_DIGITS ||
    (digits + hex === segment.length && segment.length >= MIN_HASH_LENGTH)
  );
}

/** RFC 9562: 36 characters, dashes at fixed places. */
function isUuid(segment: string): boolean {
  return segment.length === 36 && [8, 13, 18, 23].every((at) => segment.charCodeAt(at) === 0x2d);
}

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const isHexLetter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x66) || (code >= 0x41 && code <= 0x46);

/**
 * Characters that no route of a service's own carries but user data does: `@` of an address, `%` of an
 * escape, `=` `;` `,` `:` `+` `!` `*` of matrix parameters and encodings, blanks and anything past ASCII.
 */
const isForeign = (code: number): boolean =>
  code <= 0x2c ||
  (code >= 0x3a && code <= 0x40) ||
  code === 0x5b ||
  code === 0x5c ||
  code === 0x5d ||
  code >= 0x7b;
