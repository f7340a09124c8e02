import { cell, GAP_WIDTH, type ScreenLine } from '../../screen-line.ts';
import { cutToWidth, fitToWidth, widthOf } from '../../text-width.ts';
import type { Listed } from './listing.ts';
import { firstInView } from './selection.ts';

const MARK = '>';
/** The mark of the selected row, and a space. */
const MARK_WIDTH = 2;
/** The first column gives up its width down to this, or to a share of the room, before another is left out. */
const MIN_FIRST_WIDTH = 8;
const FIRST_SHARE = 0.45;
/** So that columns stay where they are as one walks through the list. */
const MIN_FIGURE_WIDTH = 7;

/**
 * A heading and as many rows as fit, around the selected one, within `width` columns. The first column takes the room
 * that figures leave; where they don't fit, the last ones are left out. The column that rows are sorted by is always
 * among those shown.
 */
export function listLines(listed: Listed, selected: number, width: number, height: number): ScreenLine[] {
  const page = Math.max(1, height - 1);
  const first = firstInView(listed.rows.length, selected, page);
  const rows = listed.rows.slice(first, first + page);
  const room = Math.max(1, width - MARK_WIDTH);
  const titles = listed.titles.map((title, column) => titleOf(title, column, listed));
  const texts = [titles, ...rows.map((row) => row.texts(room))];
  const columns = fittingColumns(texts, listed.sortedBy, room);
  const lines = texts.map((line, index) => {
    const isSelected = first + index - 1 === selected && index > 0;
    const text = columns.map((column) => fitToWidth(line[column.index] ?? '', column.width, column.align));
    const whole = `${isSelected ? MARK : ' '} ${text.join(' '.repeat(GAP_WIDTH))}`;
    return [cell(cutToWidth(whole, width), index === 0 ? 'faint' : isSelected ? 'selected' : 'plain')];
  });
  if (rows.length === 0) lines.push([cell(cutToWidth(`  ${listed.none}`, width), 'faint')]);
  return lines.slice(0, Math.max(0, height));
}

/** With `▼` or `▲` where the rows are sorted by it. */
function titleOf(title: string, column: number, { sortedBy, ascending }: Listed): string {
  return column === sortedBy ? `${title}${ascending ? '▲' : '▼'}` : title;
}

interface ShownColumn {
  readonly index: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

function fittingColumns(texts: readonly string[][], sortedBy: number, room: number): ShownColumn[] {
  const figures = (texts[0] ?? []).slice(1).map((_, at): ShownColumn => {
    const widths = texts.map((line) => widthOf(line[at + 1] ?? ''));
    return { index: at + 1, width: Math.max(MIN_FIGURE_WIDTH, ...widths), align: 'right' };
  });
  const shown = new Set<ShownColumn>();
  const longest = Math.max(...texts.map(([first = '']) => widthOf(first)));
  const firstWidth = Math.max(MIN_FIRST_WIDTH, Math.min(longest, Math.floor(room * FIRST_SHARE)));
  let left = room - firstWidth;
  const inOrderOfWorth = [...figures].sort(
    (a, b) => Number(b.index === sortedBy) - Number(a.index === sortedBy),
  );
  for (const figure of inOrderOfWorth) {
    if (GAP_WIDTH + figure.width > left) break;
    left -= GAP_WIDTH + figure.width;
    shown.add(figure);
  }
  return [
    { index: 0, width: Math.min(room, firstWidth + Math.max(0, left)), align: 'left' },
    ...figures.filter((figure) => shown.has(figure)),
  ];
}
