import fc from 'fast-check';

/** Decides a split: which part each item goes to, and which parts are then merged in which order and grouping. */
export const anySplit = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 40 });

/** Records the items into up to six parts, some of them empty, and merges those until one is left. */
export function splitAndMerge<Item, Part extends { merge(other: Part): void }>(
  items: readonly Item[],
  split: readonly number[],
  create: () => Part,
  record: (part: Part, item: Item) => void,
): Part {
  let next = 0;
  const choose = <T>(from: readonly T[]): T => from[split[next++ % split.length]! % from.length]!;

  let parts = Array.from({ length: choose([1, 2, 3, 4, 5, 6]) }, create);
  for (const item of items) record(choose(parts), item);
  while (parts.length > 1) {
    const gone = choose(parts);
    parts = parts.filter((part) => part !== gone);
    choose(parts).merge(gone);
  }
  return parts[0]!;
}
