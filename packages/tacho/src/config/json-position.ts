/** Where in a text it stops to be JSON: both from 1. */
export interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/** A token and the blanks before it. A string or number that is not right is no token. */
const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])|$)/uy;

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | 'rest' | 'end';

/**
 * Where a text that `JSON.parse` refuses goes wrong. Not every message of its says that, and each Node has its own.
 * @returns undefined where the text is JSON
 */
export function jsonErrorPosition(text: string): JsonPosition | undefined {
  const token = new RegExp(TOKEN);
  const closing: ('}' | ']')[] = [];
  let expected: Expected = 'value';
  for (;;) {
    const startAt = token.lastIndex;
    const found = token.exec(text);
    if (found === null) return positionAt(text, startAt);
    const [whole, mark, string] = found;
    const word = whole.trimStart();
    const next: Expected | undefined =
      word === '' ? undefined : after(expected, mark ?? (string === undefined ? 'value' : 'string'), closing);
    if (word === '' && expected === 'end') return undefined;
    if (next === undefined) return positionAt(text, startAt);
    expected = next;
  }
}

/** @returns what has to come after a token; undefined where that may not stand there */
function after(expected: Expected, token: string, closing: ('}' | ']')[]): Expected | undefined {
  const isClosing = token === '}' || token === ']';
  if (isClosing) {
    const mayClose =
      expected === 'rest' || expected === `name or ${token}` || expected === `value or ${token}`;
    if (!mayClose || closing.pop() !== token) return undefined;
    return closing.length === 0 ? 'end' : 'rest';
  }
  if (token === ':') return expected === ':' ? 'value' : undefined;
  if (token === ',') {
    if (expected !== 'rest') return undefined;
    return closing.at(-1) === '}' ? 'name' : 'value';
  }
  if (expected === 'name' || expected === 'name or }') return token === 'string' ? ':' : undefined;
  if (expected !== 'value' && expected !== 'value or ]') return undefined;
  if (token === '{' || token === '[') {
    closing.push(token === '{' ? '}' : ']');
    return token === '{' ? 'name or }' : 'value or ]';
  }
  return closing.length === 0 ? 'end' : 'rest';
}

function positionAt(text: string, index: number): JsonPosition {
  const blanks = /^[ \t\r\n]*/.exec(text.slice(index))?.[0].length ?? 0;
  const before = text.slice(0, index + blanks);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}
