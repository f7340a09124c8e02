/** Longest run of letters that can be a word: `internationalization` has 20. */
const MAX_LETTERS = 20;
/** A run of capitals within a word is an abbreviation (`getUserID`, `exportCSV`) up to this length. */
const MAX_CAPITALS = 4;

/**
 * True for what services call their routes: words in small letters, alone or joined by `-` and `_`, or run
 * together like `getUserById`, some with a number to them (`v1`, `oauth2`, `sha256`). A name that begins with a
 * capital, letters in random case, letters and digits in turn, and any other character are none.
 *
 * @param segment at most 40 characters
 */
export function isWord(segment: string): boolean {
  return segment.split('-').every((part) => part.split('_').every((piece) => piece === '' || isPiece(piece)));
}

function isPiece(piece: string): boolean {
  const letters = lettersAt(piece, 0);
  if (letters === piece.length) return letters <= MAX_LETTERS && isCamelCase(piece);
  return isNumbered(piece, letters);
}

/** `getUserById`: after the first hump, a capital and at least one small letter each, or an abbreviation. */
function isCamelCase(piece: string): boolean {
  let at = endOfRun(piece, 0, isSmall);
  if (at === piece.length) return true;
  if (at < 2) return false;
  while (at < piece.length) {
    const capitals = endOfRun(piece, at, isCapital) - at;
    const end = endOfRun(piece, at + capitals, isSmall);
    const small = end - at - capitals;
    // `ID` at the end, `Id` anywhere, and `XMLFile`: an abbreviation with a word behind it.
    const isHump = small === 0 ? capitals >= 2 : capitals === 1 || small >= 2;
    if (!isHump || capitals > MAX_CAPITALS) return false;
    at = end;
  }
  return true;
}

/**
 * Letters and one number: behind them (`oauth2`, `sha256`, `v100`), before them (`2fa`), or within an abbreviation
 * (`k8s`, `i18n`). One digit is enough for a long word: `jane1984` is a person.
 */
function isNumbered(piece: string, letters: number): boolean {
  const digitsEnd = endOfRun(piece, letters, isDigit);
  const digits = digitsEnd - letters;
  const behind = piece.length - digitsEnd;
  if (digits === 0 || !isSmallLetters(piece, digitsEnd, piece.length)) return false;
  if (letters === 0) return digits <= 2 && behind > 0 && behind <= 3;
  if (piece.length === digits + 1 && (piece[0] === 'v' || piece[0] === 'V')) return true;
  if (!isSmallLetters(piece, 0, letters) || letters > MAX_LETTERS) return false;
  return behind > 0 ? piece.length <= 4 : digits === 1 || letters <= 4;
}

type Kind = (code: number) => boolean;

const isDigit: Kind = (code) => code >= 0x30 && code <= 0x39;
const isSmall: Kind = (code) => code >= 0x61 && code <= 0x7a;
const isCapital: Kind = (code) => code >= 0x41 && code <= 0x5a;
const isLetter: Kind = (code) => isSmall(code | 0x20);

const lettersAt = (text: string, start: number): number => endOfRun(text, start, isLetter);

function isSmallLetters(text: string, start: number, end: number): boolean {
  return endOfRun(text, start, isSmall) >= end;
}

function endOfRun(text: string, start: number, isKind: Kind): number {
  let at = start;
  while (at < text.length && isKind(text.charCodeAt(at))) at++;
  return at;
}
