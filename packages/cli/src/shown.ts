import { escapeControls } from './escape.ts';
import { cutToWidth } from './text-width.ts';

/** Text from anywhere as a terminal may show it: on one line, escaped, in at most `width` columns. */
export function shown(text: string, width: number): string {
  return cutToWidth(escapeControls(text), width);
}

/** A value somebody typed or sent, as a message shows it. */
export function quoted(value: string): string {
  return `"${shown(value, 60)}"`;
}
