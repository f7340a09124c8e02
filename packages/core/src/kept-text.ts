/** In UTF-16 units. No sensible route, method or pseudonym comes near; it bounds the memory of senseless ones. */
const MAX_LENGTH = 1024;

/** The text by which something is known: cut to 1,024 units, lone surrogates replaced, so that it survives UTF-8. */
export function boundedText(text: string): string {
  return (text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text).toWellFormed();
}

/**
 * Bounded text fit to be kept for long, and to be looked up by. V8 lets a slice of a string share its parent's
 * memory, so that the ten letters of a route would keep the whole URL they were cut from alive. A property's name
 * shares nothing; and there is but one copy of it, which the caller's text becomes too, so that two names are
 * told from each other without a look at their letters.
 */
export function keptText(text: string): string {
  return Object.keys({ __proto__: null, [boundedText(text)]: true })[0]!;
}

/** Order by UTF-16 units, the same everywhere: no locale has a say. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
