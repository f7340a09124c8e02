import type { Cell, Column, Table } from '../section.ts';
import { nameText } from './name-text.ts';

const GAP = '  ';
const BAR_WIDTH = 12;

/** A heading and a line for each row. Names stand last, and have what is left of `width`. */
export function textTable({ columns, rows }: Table, width: number): string[] {
  const titles = columns.map(({ title }) => title);
  const texts = [titles, ...rows.map((row) => row.map((cell, index) => textOf(cell, columns[index]!)))];
  const widths = columns.map((_, index) => Math.max(...texts.map((row) => row[index]!.length)));
  const lines = texts.map((row) => {
    let line = '';
    for (const [index, { kind }] of columns.entries()) {
      const gap = index === 0 ? '' : GAP;
      const text = row[index]!;
      if (kind === 'name') line += gap + nameText(text, width - line.length - gap.length);
      else line += gap + (kind === 'figure' ? text.padStart(widths[index]!) : text.padEnd(widths[index]!));
    }
    return line.trimEnd();
  });
  return lines[0] === '' ? lines.slice(1) : lines;
}

function textOf(cell: Cell, { kind }: Column): string {
  return kind === 'bar' ? barText(Number(cell)) : String(cell);
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A little is never shown as nothing. @param share 0 to 1 */
function barText(share: number): string {
  const eighths = share > 0 ? Math.max(1, Math.round(share * BAR_WIDTH * 8)) : 0;
  return '█'.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8];
}
