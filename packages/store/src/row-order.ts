import type { WindowKey } from './window-store.ts';

/** The order in which rows are read. */
export function compareKeys(a: WindowKey, b: WindowKey): number {
  return a.minuteMs - b.minuteMs || compareWriters(a.writer, b.writer) || a.sequence - b.sequence;
}

/** By code unit, which for ASCII every store can do. */
export function compareWriters(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Puts `item` in its place in `items`, which are in order. It looks from the end, where most belong. */
export function insertInOrder<Item>(items: Item[], item: Item, compare: (a: Item, b: Item) => number): void {
  const before = items.findLastIndex((other) => compare(other, item) <= 0);
  items.splice(before + 1, 0, item);
}
