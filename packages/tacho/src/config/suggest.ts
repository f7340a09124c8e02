import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

// Loaded where a name is wrong, and not before.
const loadDistance = () => require('fastest-levenshtein') as typeof import('fastest-levenshtein');

/** No name of ours comes near; it bounds the work on a senseless one. */
const MAX_LENGTH = 64;
const MAX_EDITS = 2;

/**
 * The known name that was probably meant, letter case aside: one that has what was written in it, or else is
 * at most two edits away. The nearest one; of several equally near, the first.
 */
export function suggest(written: string, known: readonly string[]): string | undefined {
  if (written.length > MAX_LENGTH) return undefined;
  let nearest: string | undefined;
  let fewest = MAX_EDITS + 1;
  for (const name of known) {
    const count = edits(written.toLowerCase(), name.toLowerCase());
    // As many edits as there are letters make any name of any other.
    if (count >= fewest || count >= Math.min(written.length, name.length)) continue;
    nearest = name;
    fewest = count;
  }
  return nearest;
}

/** As `suggest`, for paths such as `adminApi.port`: compares last parts, as an option may be at the wrong depth. */
export function suggestPath(written: string, known: readonly string[]): string | undefined {
  const parent = written.slice(0, written.lastIndexOf('.') + 1);
  const siblingsFirst = [
    ...known.filter((path) => path.startsWith(parent)),
    ...known.filter((path) => !path.startsWith(parent)),
  ];
  const name = suggest(lastPart(written), siblingsFirst.map(lastPart));
  return siblingsFirst.find((path) => lastPart(path) === name);
}

function edits(written: string, name: string): number {
  if (written === name) return 0;
  return written.length >= 3 && name.includes(written) ? 1 : loadDistance().distance(written, name);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}
