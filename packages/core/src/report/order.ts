import { compareText } from '../kept-text.ts';

/** Where an entry stands in a list; no two of a list stand at the same place. */
export interface Position {
  /** What the list is ordered by; null where there is no such figure. */
  readonly value: number | null;
  /** Tells the entry from others of the same value. */
  readonly name: string;
}

/** Entries by one figure, those without it last, and those with the same in the order of their names. */
export interface Order<TEntry> {
  /** Greatest first, unless the order is ascending. */
  readonly value: (entry: TEntry) => number | null;
  readonly name: (entry: TEntry) => string;
  readonly ascending?: boolean;
}

/** Which part of a list is asked for. */
export interface PageOptions<TSort extends string> {
  readonly sort: TSort;
  /** The last entry before the page; undefined for the first page. */
  readonly after?: Position | undefined;
  /** Undefined for all that follow. */
  readonly limit?: number | undefined;
}

export interface Page<TEntries> {
  readonly entries: TEntries;
  /** Where the page ends; undefined where the list does. */
  readonly end: Position | undefined;
}

/**
 * Part of a list of entries in no order. A figure may cost some microseconds, so wherever the generator yields, it
 * may be left waiting.
 */
export function* pageInOrder<TEntry>(
  entries: Iterable<TEntry>,
  order: Order<TEntry>,
  { after, limit = Number.POSITIVE_INFINITY }: Omit<PageOptions<string>, 'sort'>,
): Generator<undefined, Page<TEntry[]>, undefined> {
  const placed: (Position & { entry: TEntry })[] = [];
  for (const entry of entries) {
    placed.push({ value: order.value(entry), name: order.name(entry), entry });
    yield;
  }
  const compare = comparison(order);
  placed.sort(compare);
  const rest = after === undefined ? placed : placed.filter((position) => compare(position, after) > 0);
  const page = rest.slice(0, limit);
  const { value, name } = page.at(-1) ?? { value: null, name: '' };
  return {
    entries: page.map(({ entry }) => entry),
    end: page.length < rest.length ? { value, name } : undefined,
  };
}

function comparison({ ascending = false }: Pick<Order<never>, 'ascending'>) {
  const sign = ascending ? 1 : -1;
  return (a: Position, b: Position): number => {
    if (a.value === b.value) return compareText(a.name, b.name);
    if (a.value === null || b.value === null) return a.value === null ? 1 : -1;
    return sign * (a.value - b.value);
  };
}
