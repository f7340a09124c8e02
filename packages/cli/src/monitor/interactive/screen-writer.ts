const ESC = '\x1b[';
const ERASE_LINE = `${ESC}2K`;
const ERASE_ALL = `${ESC}2J`;
/** What lies between is shown at once, by terminals that know of it; the others leave it out. */
const BEGIN_UPDATE = `${ESC}?2026h`;
const END_UPDATE = `${ESC}?2026l`;

/** A screen of its own, without a cursor, on which no line wraps; what was there before comes back. */
export const ENTER = `${ESC}?1049h${ESC}?25l${ESC}?7l${ERASE_ALL}`;
export const LEAVE = `${END_UPDATE}${ESC}?7h${ESC}?25h${ESC}0m${ESC}?1049l`;

/** Tells what to write so that a screen shows some lines: those that differ from what it shows, and nothing else. */
export class ScreenWriter {
  #shown: readonly string[] | undefined;

  /** The screen shows something else now, or has another size. */
  forget(): void {
    this.#shown = undefined;
  }

  /** @param lines no more than the screen has, none wider than it is @returns empty where it shows them already */
  draw(lines: readonly string[]): string {
    const before = this.#shown;
    this.#shown = lines;
    const count = Math.max(lines.length, before?.length ?? 0);
    const changes: string[] = [];
    for (let line = 0; line < count; line++) {
      const text = lines[line] ?? '';
      if (before === undefined ? text !== '' : text !== (before[line] ?? ''))
        changes.push(`${ESC}${line + 1};1H${ERASE_LINE}${text}`);
    }
    if (before === undefined) changes.unshift(ERASE_ALL);
    return changes.length === 0 ? '' : `${BEGIN_UPDATE}${changes.join('')}${END_UPDATE}`;
  }
}
