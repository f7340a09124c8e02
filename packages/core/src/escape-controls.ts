/**
 * What could move the cursor, change the terminal's state, reorder the text around it or hide in it:
 * controls, format characters (bidi marks among them), line and paragraph separators, surrogates, and code
 * points whose look nobody knows. The joiners and the emoji selector stay: scripts and emoji need them, and
 * they only touch their neighbours.
 */
const UNSAFE = /[[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\u{200C}\u{200D}\u{FE0F}]]/gv;

/** Text from anywhere, fit for a terminal: ESC is shown as `\x1b`, RIGHT-TO-LEFT OVERRIDE as `\u202e`. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
