/** A key with a name of its own, or the one printable character that was typed. */
export type Key = { readonly name: KeyName } | { readonly character: string };

export type KeyName =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'home'
  | 'end'
  | 'enter'
  | 'escape'
  | 'backspace'
  | 'tab'
  | 'shift-tab'
  | 'ctrl-c'
  | 'ctrl-l'
  | 'ctrl-u'
  | 'ctrl-z';

/** What is behind `ESC [` or `ESC O`, as terminals of the xterm family, the Linux console and rxvt send it. */
const SEQUENCES: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  Z: 'shift-tab',
  M: 'enter',
  '1~': 'home',
  '4~': 'end',
  '5~': 'page-up',
  '6~': 'page-down',
  '7~': 'home',
  '8~': 'end',
};

const CONTROLS: Readonly<Record<string, KeyName>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\x7f': 'backspace',
  '\b': 'backspace',
  '\x03': 'ctrl-c',
  '\x0c': 'ctrl-l',
  '\x15': 'ctrl-u',
  '\x1a': 'ctrl-z',
};

/** One key, or a sequence that is no key of ours. What follows ESC alone is a key with Alt. */
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys are made of them
  /\x1b\[[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]|\x1bO[\x40-\x7e]|\x1b[^\x1b[O]|\x1b(?=\x1b)|[^\x1b]/gsu;
/** The beginning of one, at the end of what has come. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: keys are made of them
const BEGUN = /\x1b(\[[\x30-\x3f]*[\x20-\x2f]*|O)?$/;
/** Longer than any key; somebody sends something else. */
const MAX_BEGUN = 64;

/** Finds keys in what a terminal sends, however it comes in pieces. */
export class KeyReader {
  #begun = '';

  /** Whether something has come that may be the beginning of a key, or ESC by itself. */
  get isWaiting(): boolean {
    return this.#begun !== '';
  }

  read(text: string): Key[] {
    const all = this.#begun + text;
    const begun = BEGUN.exec(all)?.[0] ?? '';
    this.#begun = begun.length > MAX_BEGUN ? '' : begun;
    return keysIn(all.slice(0, all.length - begun.length));
  }

  /** Nothing more has come: what was waited for was ESC. */
  settle(): Key[] {
    const begun = this.#begun;
    this.#begun = '';
    return begun === '\x1b' ? [{ name: 'escape' }] : [];
  }
}

function keysIn(text: string): Key[] {
  return [...text.matchAll(TOKEN)].flatMap(([token]) => keyOf(token) ?? []);
}

function keyOf(token: string): Key | undefined {
  if (token === '\x1b') return { name: 'escape' };
  if (token.startsWith('\x1b')) return named(SEQUENCES[token.slice(2)]);
  return named(CONTROLS[token]) ?? (/^\P{C}$/u.test(token) ? { character: token } : undefined);
}

function named(name: KeyName | undefined): Key | undefined {
  return name && { name };
}
