import type { Output } from '../environment.ts';
import type { Paint } from '../paint.ts';
import { lineWidth, painted, type ScreenLine } from '../screen-line.ts';
import { frame, type Scene } from './frame.ts';
import { nextScene } from './next-scene.ts';
import type { ReportSource } from './report-source.ts';
import type { View } from './view.ts';

const ESC = '\x1b[';
const HIDE_CURSOR = `${ESC}?25l`;
const SHOW_CURSOR = `${ESC}?25h`;
const NO_WRAP = `${ESC}?7l`;
const WRAP = `${ESC}?7h`;
const ERASE_LINE = `${ESC}2K`;
const ERASE_BELOW = `${ESC}J`;

/**
 * One frame, redrawn in place below whatever the terminal showed before. The cursor is hidden from the first
 * frame to `close`; everything else of the terminal's state is restored by each write.
 */
export function liveView(output: Output, source: Pick<ReportSource, 'name' | 'hours'>, paint: Paint): View {
  let scene: Scene | undefined;
  let drawn: readonly ScreenLine[] = [];

  function draw(next: Scene): void {
    const rowsUp = rowsTaken(drawn, output.columns);
    drawn = frame(next, output.columns, output.rows - 1);
    const lines = drawn.map((line) => `${ERASE_LINE}${painted(line, paint)}\n`).join('');
    const up = rowsUp === 0 ? '' : `${ESC}${rowsUp}A`;
    output.write(`${HIDE_CURSOR}${NO_WRAP}\r${up}${lines}${ERASE_BELOW}${WRAP}`);
  }

  const stopResizing = output.onResize(() => {
    if (scene !== undefined) draw(scene);
  });

  return {
    show(sample, progress) {
      scene = nextScene(scene, sample, progress, source);
      if (scene !== undefined) draw(scene);
    },
    close() {
      stopResizing();
      if (scene !== undefined) output.write(SHOW_CURSOR);
    },
  };
}

/** The rows that a frame takes now: a terminal made narrower has wrapped its lines. */
function rowsTaken(lines: readonly ScreenLine[], columns: number): number {
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(lineWidth(line) / columns)), 0);
}
