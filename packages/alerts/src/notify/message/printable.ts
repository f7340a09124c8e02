/** As in what is shown of names anywhere; the rest is cut. */
const MAX_LENGTH = 200;

/** Controls, line ends, what turns the direction of writing, what has no look, halves of characters. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Data as one line of at most 200 characters that can't end a header, steer a terminal or pretend to be elsewhere. */
export function printable(text: string): string {
  const cut = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1).toWellFormed()}…` : text;
  return cut.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
