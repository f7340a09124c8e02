import type { ListedRow } from './listing.ts';
import type { ListState } from './view-state.ts';

/** Where the selected row is now; where it has gone, the row in its place. 0 where there is none. */
export function selectedIndex(rows: readonly ListedRow[], { key, index }: ListState['selected']): number {
  const found = key === undefined ? -1 : rows.findIndex((row) => row.key === key);
  return found >= 0 ? found : Math.max(0, Math.min(index, rows.length - 1));
}

/** The first of `page` rows in view: the selected one is in their midst, but for the ends of the list. */
export function firstInView(rows: number, selected: number, page: number): number {
  return Math.max(0, Math.min(selected - Math.floor(page / 2), rows - page));
}
