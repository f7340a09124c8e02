import { escapeControls } from '../escape.ts';

/** `@` too: it would mention somebody. */
const SPECIAL = /[&<>"'@]/g;

/**
 * Text from anywhere, inside an element or a quoted attribute of XML or HTML. What neither of them may hold, or what
 * hides in text, is shown as in a terminal: a line feed as `\x0a`.
 */
export function withEntities(text: string): string {
  return escapeControls(text).replace(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
