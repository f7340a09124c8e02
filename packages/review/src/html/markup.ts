import { escapeControls } from '@tacho/core';

/** A piece of HTML. Whatever was put into it is text, unless it was a piece itself. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** Builds markup of a literal: what is put into it is escaped, and its controls are shown. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let html = literals[0] ?? '';
  for (const [index, part] of parts.entries()) html += htmlOf(part) + (literals[index + 1] ?? '');
  return new Markup(html);
}

function htmlOf(part: Part): string {
  if (part instanceof Markup) return part.html;
  return typeof part === 'object' ? part.map(({ html }) => html).join('') : escaped(String(part));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  return escapeControls(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '');
}
