import { MINUTE_MS } from '@tacho/core';
import type { Environment } from './environment.ts';
import { count, percent } from './figures.ts';
import { mayColour, type Paint, paintWith } from './paint.ts';

export interface WorkProgress {
  /** @param total undefined while it is not known */
  show(done: number, total: number | undefined): void;
  /** Leaves the terminal in the state it was found in, without the bar. */
  close(): void;
}

const ERASE_LINE = '\r\x1b[2K';
/** Between two looks of the bar. */
const REDRAW_MS = 100;
const MAX_BAR_WIDTH = 40;

/** How far a piece of work has come, told on stderr: a bar in a terminal, elsewhere a line each minute. */
export function workProgress(
  name: string,
  { stderr, clock, variables }: Pick<Environment, 'stderr' | 'clock' | 'variables'>,
): WorkProgress {
  const isBar = stderr.isTerminal && variables.TERM !== 'dumb';
  const paint = paintWith(mayColour(variables));
  const intervalMs = isBar ? REDRAW_MS : MINUTE_MS;
  // The bar at once, the first line after a minute.
  let dueMs = clock.elapsedMs() + (isBar ? 0 : intervalMs);
  let isDrawn = false;
  return {
    show(done, total) {
      if (clock.elapsedMs() < dueMs) return;
      dueMs = clock.elapsedMs() + intervalMs;
      isDrawn = isBar;
      stderr.write(
        isBar
          ? `${ERASE_LINE}${bar(name, done, total, stderr.columns - 1, paint)}`
          : `tacho: ${name}: ${figure(done, total)}\n`,
      );
    },
    close() {
      if (isDrawn) stderr.write(ERASE_LINE);
      isDrawn = false;
    },
  };
}

/** `export [#######-------------] 35.0%` in at most `width` columns; the figure alone where no more fits. */
function bar(name: string, done: number, total: number | undefined, width: number, paint: Paint): string {
  const text = figure(done, total);
  const room = Math.min(width - name.length - text.length - 4, MAX_BAR_WIDTH);
  if (total === undefined || room < 1) return width < 1 ? '' : `${name} ${text}`.slice(-width);
  const filled = Math.round(room * shareOf(done, total));
  return `${name} [${paint('good', '#'.repeat(filled))}${paint('faint', '-'.repeat(room - filled))}] ${text}`;
}

function figure(done: number, total: number | undefined): string {
  return total === undefined ? count(done) : percent(100 * shareOf(done, total));
}

function shareOf(done: number, total: number): number {
  return total > 0 ? Math.min(done / total, 1) : 1;
}
