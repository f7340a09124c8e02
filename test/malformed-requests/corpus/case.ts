/** One thing that a client can send, whole. */
export interface Case {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Text with one byte a character, so that any byte can be written. */
export function bytes(name: string, text: string): Case {
  return { name, bytes: Buffer.from(text, 'latin1') };
}

/** Lines ended as HTTP wants it, and the blank line. */
export function lines(...all: readonly string[]): string {
  return `${all.join('\r\n')}\r\n\r\n`;
}

/** A name that a person can read, for cases told apart by a piece of text. */
export function shown(text: string): string {
  const printable = text.replaceAll(
    /[^\x21-\x7e ]/g,
    (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return printable.length > 90 ? `${printable.slice(0, 87)}... (${text.length})` : printable;
}
