/** Texts, and what has a meaning between them. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/**
 * The first key that an object in a JSON text has twice, however it is escaped; whoever parses it sees only the last.
 * @param text that is JSON
 */
export function repeatedKey(text: string): string | undefined {
  /** Of the objects around, innermost last; undefined for a list. */
  const around: (Set<string> | undefined)[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '{') around.push(new Set());
    else if (token === '[') around.push(undefined);
    else if (token === '}' || token === ']') around.pop();
    else if (token === ':') {
      const key = JSON.parse(last) as string;
      const keys = around.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    } else last = token;
  }
  return undefined;
}
