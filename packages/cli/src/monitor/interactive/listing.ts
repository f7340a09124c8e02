/** A column of a list: what it shows of a row, and what rows are sorted by. */
export interface ListColumn<Row> {
  title: string;
  /** Within `width` columns where it may be long, and without controls: see `shown`. */
  text(row: Row, width: number): string;
  /** Null comes last, however the rows are sorted. */
  value(row: Row): number | string | null;
}

/** Rows that can be sorted, filtered and walked through. The first column is text, the others are figures. */
export interface Listing<Row> {
  columns: readonly ListColumn<Row>[];
  rows: readonly Row[];
  /** Tells rows apart, also in the next sample. */
  keyOf(row: Row): string;
  /** What the filter looks in; as it is, with whatever it holds. */
  textOf(row: Row): string;
  /** Said where there is no row. */
  none: string;
}

export interface Sort {
  /** Of the columns. */
  readonly column: number;
  /** Figures begin with the greatest, and texts as they are spelled, unless this is set. */
  readonly inverted: boolean;
}

export interface ListedRow {
  readonly key: string;
  /** Of each column, within so many columns of the terminal. */
  texts(width: number): string[];
}

/** A listing as it is to be seen. */
export interface Listed {
  readonly titles: readonly string[];
  /** The column that the rows are sorted by. */
  readonly sortedBy: number;
  readonly ascending: boolean;
  readonly rows: readonly ListedRow[];
  /** Of the rows before they were filtered. */
  readonly total: number;
  readonly none: string;
}

export function listed<Row>(listing: Listing<Row>, { column, inverted }: Sort, filter: string): Listed {
  const { columns, rows, keyOf, textOf, none } = listing;
  const sortedBy = Math.min(column, columns.length - 1);
  const wanted = filter.toLowerCase();
  const found = rows.filter((row) => textOf(row).toLowerCase().includes(wanted));
  const valueIn = columns[sortedBy]?.value ?? (() => null);
  const isText = found.some((row) => typeof valueIn(row) === 'string');
  const ascending = isText !== inverted;
  return {
    titles: columns.map(({ title }) => title),
    sortedBy,
    ascending,
    rows: sorted(found, valueIn, ascending).map((row) => ({
      key: keyOf(row),
      texts: (width) => columns.map(({ text }) => text(row, width)),
    })),
    total: rows.length,
    none: found.length < rows.length ? 'nothing here has that in its name' : none,
  };
}

function sorted<Row>(
  rows: readonly Row[],
  valueIn: (row: Row) => number | string | null,
  ascending: boolean,
): Row[] {
  const valued = rows.map((row) => ({ row, value: valueIn(row) }));
  valued.sort((a, b) => {
    if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
    const order = a.value < b.value ? -1 : Number(a.value > b.value);
    return ascending ? order : -order;
  });
  return valued.map(({ row }) => row);
}
