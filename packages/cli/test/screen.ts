/**
 * A terminal, as far as the views use one: text, CR, LF, cursor up and to a place, erasing, wrapping and the cursor on
 * and off, a screen beside the first one, and updates shown at once. Anything else that a terminal would obey is an error.
 */
export class Screen {
  cursorShown = true;
  wraps = true;
  readonly #columns: number;
  /** Whether the screen beside the first one is shown. */
  isAlternate = false;
  #cells: string[][] = [[]];
  #aside: { cells: string[][]; row: number; column: number } | undefined;
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** What is to be seen, without the spaces at the lines' ends and without empty lines at the end. */
  get lines(): string[] {
    const lines = this.#cells.map((cells) => cells.join('').trimEnd());
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  write(text: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a terminal is about
    for (const [token] of text.matchAll(/\x1b\[[?\d;]*[A-Za-z]|./gsu)) {
      if (token.startsWith('\x1b')) this.#obey(token.slice(2));
      else if (token === '\n') this.#lineFeed();
      else if (token === '\r') this.#column = 0;
      else this.#print(token);
    }
  }

  #obey(sequence: string): void {
    if (sequence === '?25l') this.cursorShown = false;
    else if (sequence === '?25h') this.cursorShown = true;
    else if (sequence === '?7l') this.wraps = false;
    else if (sequence === '?7h') this.wraps = true;
    else if (sequence === '?1049h') this.#enter();
    else if (sequence === '?1049l') this.#leave();
    else if (sequence === '2J') this.#cells = [[]];
    else if (/^\d+;1H$/.test(sequence)) this.#goTo(Number.parseInt(sequence, 10) - 1);
    else if (sequence === '2K') this.#cells[this.#row] = [];
    else if (sequence === 'J') this.#eraseBelow();
    else if (/^\d+A$/.test(sequence)) this.#row = Math.max(0, this.#row - Number.parseInt(sequence, 10));
    else if (!/^([\d;]*m|\?2026[hl])$/.test(sequence)) throw new Error(`unexpected: ESC [ ${sequence}`);
  }

  #enter(): void {
    if (this.isAlternate) throw new Error('entered twice');
    this.isAlternate = true;
    this.#aside = { cells: this.#cells, row: this.#row, column: this.#column };
    this.#cells = [[]];
  }

  #leave(): void {
    if (this.#aside === undefined) throw new Error('left before it was entered');
    this.isAlternate = false;
    this.#cells = this.#aside.cells;
    this.#row = this.#aside.row;
    this.#column = this.#aside.column;
    this.#aside = undefined;
  }

  #goTo(row: number): void {
    this.#row = row;
    this.#column = 0;
    for (let above = 0; above <= row; above++) this.#cells[above] ??= [];
  }

  #eraseBelow(): void {
    this.#cells.length = this.#row + 1;
    this.#cells[this.#row] = (this.#cells[this.#row] ?? []).slice(0, this.#column);
  }

  #lineFeed(): void {
    this.#row += 1;
    this.#column = 0;
    this.#cells[this.#row] ??= [];
  }

  #print(character: string): void {
    if (/\p{Cc}/u.test(character)) throw new Error(`unexpected: ${JSON.stringify(character)}`);
    if (this.#column === this.#columns && this.wraps) this.#lineFeed();
    const line = this.#cells[this.#row] ?? [];
    line[Math.min(this.#column, this.#columns - 1)] = character;
    this.#column = Math.min(this.#column + 1, this.#columns);
  }
}
