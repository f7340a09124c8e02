/** Controls (ESC, line ends), format characters (bidi marks, zero-width ones), surrogates, and what has no look. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/**
 * Text as one line that moves no cursor and hides nothing: each character that could is written as `\u001b`.
 * JSON stays the same JSON, as these characters only occur inside its strings.
 */
export function terminalText(text: string): string {
  return text.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'));
  return units.map((unit) => `\\u${unit}`).join('');
}
