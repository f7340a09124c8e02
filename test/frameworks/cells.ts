import type { Cell } from './cell.ts';
import type { Way } from './compile.ts';
import type { Framework } from './frameworks.ts';
import type { NodeVersion } from './nodes.ts';

export const WAYS: readonly Way[] = [
  'esm before',
  'esm after',
  'cjs before',
  'cjs after',
  'bundle before',
  'bundle after',
];

/** Every cell of the table, in the order of its rows. */
export function cellsOf(nodes: readonly NodeVersion[], frameworks: readonly Framework[]): Cell[] {
  return nodes.flatMap((node) =>
    frameworks.flatMap((framework) => waysOf(framework).map((way) => ({ node, framework, way }))),
  );
}

function waysOf({ bundled = false }: Framework): readonly Way[] {
  return bundled ? WAYS : WAYS.filter((way) => !way.startsWith('bundle'));
}

/** Works on so many at a time. The results are in the order of the items. */
export async function atATime<T, R>(
  most: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let mine = next++; mine < items.length; mine = next++) results[mine] = await work(items[mine]!);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}
