const MAX_LENGTH = 64;

/** Text from a request as a message may show it: cut, in quotes, control characters escaped. */
export function quoted(text: string): string {
  return JSON.stringify(cut(text));
}

/** At most 64 UTF-16 units; what is left out is told by `…`. */
export function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1).toWellFormed()}…` : text;
}
