/** What a package may import: folder → how. */
export type Allowed = Map<string, 'values' | 'types'>;

/**
 * The list of arrows as ARCHITECTURE.md gives it, in the fenced block marked `arrows`: one package a line,
 * `http → core`, several targets parted by commas, `core (types)` where only types may cross.
 */
export function readArrows(markdown: string): Map<string, Allowed> {
  const [, block] = /^```arrows\n([\s\S]*?)^```$/m.exec(markdown) ?? [];
  if (block === undefined) throw new Error('ARCHITECTURE.md has no block marked `arrows`');
  return new Map(block.trim().split('\n').map(readLine));
}

function readLine(line: string): [string, Allowed] {
  const [from = '', targets = ''] = line.split('→').map((side) => side.trim());
  const allowed: Allowed = new Map();
  for (const target of targets.split(',').filter((name) => name.trim() !== '')) {
    const [, name = '', types] = /^\s*([\w-]+)( \(types\))?\s*$/.exec(target) ?? [];
    allowed.set(name, types === undefined ? 'values' : 'types');
  }
  return [from, allowed];
}
