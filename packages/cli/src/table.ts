import { cell, GAP_WIDTH, type ScreenLine } from './screen-line.ts';
import { fitToWidth, widthOf } from './text-width.ts';

export interface Column<Row> {
  title: string;
  /** Within `width` columns where it may be long, and without controls: see `shown`. */
  text(row: Row, width: number): string;
}

/** The first column gives up its width down to this before another column is left out. */
const MIN_FIRST_WIDTH = 10;

/**
 * A heading and a line for each row, all within `width` columns; nothing for no rows. The first column is
 * text and is cut to the room that is left; the others are figures, which are never cut: where they don't
 * fit, the last ones are left out.
 */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  width: number,
): ScreenLine[] {
  if (rows.length === 0) return [];
  const texts = columns.map((column) => [column.title, ...rows.map((row) => column.text(row, width))]);
  const natural = texts.map((column) => Math.max(...column.map(widthOf)));
  const widths = fittingWidths(natural, width);
  return Array.from({ length: rows.length + 1 }, (_, line) =>
    widths.map((columnWidth, index) => {
      const text = texts[index]?.[line] ?? '';
      const fitted = fitToWidth(text, columnWidth, index === 0 ? 'left' : 'right');
      return cell(fitted, line === 0 ? 'faint' : 'plain');
    }),
  );
}

/** The widths of the columns that are shown. */
function fittingWidths([first = 0, ...figures]: readonly number[], width: number): number[] {
  const firstAtLeast = Math.min(first, MIN_FIRST_WIDTH);
  const fitting: number[] = [];
  let taken = 0;
  for (const figure of figures) {
    if (firstAtLeast + taken + GAP_WIDTH + figure > width) break;
    taken += GAP_WIDTH + figure;
    fitting.push(figure);
  }
  return [Math.min(first, width - taken), ...fitting];
}
