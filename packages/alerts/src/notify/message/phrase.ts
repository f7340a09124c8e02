import { printable } from './printable.ts';

/** What was measured, and not written by us: a route, a version, a name. Nothing in it may become markup. */
export interface Datum {
  readonly datum: string;
}

/** A sentence that says which of its parts are data, so that each medium can make them harmless in its own way. */
export type Phrase = readonly (string | Datum)[];

/** The parts of a template are ours, a number's digits too; a text put into it is data, another phrase stays one. */
export function phrase(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Phrase)[]
): Phrase {
  return parts.flatMap((part, index): Phrase => {
    const value = values[index];
    if (value === undefined) return [part];
    if (typeof value === 'object') return [part, ...value];
    return [part, typeof value === 'number' ? String(value) : { datum: printable(value) }];
  });
}

/** As people read it where there is no markup. */
export function plainText(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === 'string' ? part : part.datum)).join('');
}
