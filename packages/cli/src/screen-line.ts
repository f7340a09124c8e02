import type { Paint, Tone } from './paint.ts';
import { cutToWidth, widthOf } from './text-width.ts';

/** A piece of a line. Its text holds no control character: see `shown`. */
export interface Cell {
  text: string;
  tone: Tone;
}

/** Cells side by side, `GAP_WIDTH` columns apart. */
export type ScreenLine = readonly Cell[];

export const GAP_WIDTH = 2;

export function cell(text: string, tone: Tone = 'plain'): Cell {
  return { text, tone };
}

/**
 * The cells in as few lines of at most `width` columns as hold them in order; only one that fits no line is
 * cut.
 */
export function flow(cells: readonly Cell[], width: number): ScreenLine[] {
  const lines: Cell[][] = [];
  let room = 0;
  for (const { text, tone } of cells) {
    const cut = cutToWidth(text, width);
    const needed = widthOf(cut) + GAP_WIDTH;
    const line = lines.at(-1);
    if (line === undefined || needed > room) {
      lines.push([cell(cut, tone)]);
      room = width - widthOf(cut);
    } else {
      line.push(cell(cut, tone));
      room -= needed;
    }
  }
  return lines;
}

export function lineWidth(line: ScreenLine): number {
  return line.reduce((width, { text }) => width + widthOf(text), Math.max(0, line.length - 1) * GAP_WIDTH);
}

export function painted(line: ScreenLine, paint: Paint): string {
  return line.map(({ text, tone }) => paint(tone, text)).join(' '.repeat(GAP_WIDTH));
}
