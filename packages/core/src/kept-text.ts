const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** In UTF-16 units. No sensible route, method or pseudonym comes near; it bounds the memory of senseless ones. */
const MAX_LENGTH = 1024;

/** The text by which something is known: cut to 1,024 units, lone surrogates replaced, so that it survives UTF-8. */
export function boundedText(text: string): string {
  return (text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text).toWellFormed();
}

/**
 * A copy of bounded text fit to be kept for long. V8 lets a slice of a string share its parent's memory, so that
 * the ten letters of a route would keep the whole URL they were cut from alive.
 */
export function keptText(text: string): string {
  return decoder.decode(encoder.encode(boundedText(text)));
}

/** Order by UTF-16 units, the same everywhere: no locale has a say. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
