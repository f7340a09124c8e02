/** What SQL differs in, as far as it matters where a literal begins and ends. */
export interface SqlDialect {
  /** Whether `"…"` is a name; a text elsewhere, or either. */
  readonly quotesNames: boolean;
  /** Whether `[…]` is a name. */
  readonly bracketsNames: boolean;
  /** Whether `#` begins a comment, and `--` does only before a blank. */
  readonly hashComments: boolean;
}

/** Longer statements are cut: those with thousands of rows in them say nothing more. */
const MAX_CHARACTERS = 8_192;
const CUT = '…';
const LITERAL = '?';

/** What a name looks like that a programmer has given. */
const NAME = /^[\p{L}_][\p{L}\p{N}_$]{0,62}$/u;

/** A part of the text behind it, without a blank between them: `E'…'`, `_utf8'…'`. */
const PREFIX = /^(?:[benx]|_\w+)$/i;

const BLANKS = /\s+/y;
const WORD = /[\p{L}_][\p{L}\p{N}_$]*/uy;
const NUMBER = /\.?\d[\p{L}\p{N}_.]*/uy;
const PLACEHOLDER = /\$\d+|[:@]{1,2}[\p{L}_][\p{L}\p{N}_$]*/uy;
const DOLLAR_TEXT = /\$([\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const LINE_COMMENT = /(?:--|\/\/)[^\n]*/y;
const MYSQL_COMMENT = /(?:--(?=\s|$)|#|\/\/)[^\n]*/y;
const BRACKETS = /\[[^\]]*\]/y;
const OPERATOR = /[-()[\]{},.;*+/=<>!|&%^~:@#?$]/y;

/**
 * By its quote. What is escaped by a backslash in one dialect ends the text in another: a quote behind a single one
 * matches in none, so nothing has to be known about it.
 */
const QUOTED: ReadonlyMap<string, RegExp> = new Map([
  ["'", /'(?:[^'\\]|\\[^']|'')*'/y],
  ['"', /"(?:[^"\\]|\\[^"]|"")*"/y],
  ['`', /`(?:[^`]|``)*`/y],
]);

/**
 * A statement without what is in it: texts and numbers are `?`, comments nothing. Where it can't be told where a text
 * ends, and past a length that says enough, the rest is `…`.
 */
export function sqlWithoutLiterals(sql: string, dialect: SqlDialect): string {
  const reader = new SqlReader(sql.slice(0, MAX_CHARACTERS), dialect);
  const text = reader.read();
  return sql.length > MAX_CHARACTERS && !text.endsWith(CUT) ? text + CUT : text;
}

class SqlReader {
  readonly #sql: string;
  readonly #dialect: SqlDialect;
  #at = 0;

  constructor(sql: string, dialect: SqlDialect) {
    this.#sql = sql;
    this.#dialect = dialect;
  }

  read(): string {
    let text = '';
    while (this.#at < this.#sql.length) {
      const part = this.#next();
      if (part === undefined) return text.trimEnd() + CUT;
      text += part;
    }
    return text.trim();
  }

  /** @returns what is kept of the next part; undefined where its end can't be told */
  #next(): string | undefined {
    if (this.#take(BLANKS) !== undefined) return ' ';
    if (this.#take(this.#dialect.hashComments ? MYSQL_COMMENT : LINE_COMMENT) !== undefined) return ' ';
    if (this.#sql.startsWith('/*', this.#at)) return this.#blockComment();
    const word = this.#take(WORD);
    if (word !== undefined) return this.#word(word);
    if (this.#take(NUMBER) !== undefined) return LITERAL;
    const dollars = this.#take(DOLLAR_TEXT);
    if (dollars !== undefined) return this.#dollarText(dollars);
    const quoted = QUOTED.get(this.#sql[this.#at] ?? '');
    if (quoted !== undefined) return this.#quoted(quoted);
    if (this.#dialect.bracketsNames && this.#sql[this.#at] === '[') return this.#name(this.#take(BRACKETS));
    return this.#take(PLACEHOLDER) ?? this.#take(OPERATOR) ?? this.#unknown();
  }

  /** Oracle's `q'…'` ends with any character that it begins with. */
  #word(word: string): string | undefined {
    if (this.#sql[this.#at] === "'") {
      if (/^n?q$/i.test(word)) return undefined;
      if (PREFIX.test(word)) return '';
    }
    return NAME.test(word) ? word : LITERAL;
  }

  #quoted(pattern: RegExp): string | undefined {
    const taken = this.#take(pattern);
    if (taken === undefined || taken.startsWith("'")) return taken && LITERAL;
    return taken.startsWith('"') && !this.#dialect.quotesNames ? LITERAL : this.#name(taken);
  }

  #name(quoted: string | undefined): string | undefined {
    return quoted && (NAME.test(quoted.slice(1, -1)) ? quoted : LITERAL);
  }

  #dollarText(delimiter: string): string | undefined {
    const end = this.#sql.indexOf(delimiter, this.#at);
    if (end === -1) return undefined;
    this.#at = end + delimiter.length;
    return LITERAL;
  }

  /** Nested, as some have them: the others have too much taken out. */
  #blockComment(): string | undefined {
    const marks = /\/\*|\*\//g;
    marks.lastIndex = this.#at;
    let depth = 0;
    for (let mark = marks.exec(this.#sql); mark !== null; mark = marks.exec(this.#sql)) {
      depth += mark[0] === '/*' ? 1 : -1;
      if (depth > 0) continue;
      this.#at = marks.lastIndex;
      return ' ';
    }
    return undefined;
  }

  #unknown(): string {
    this.#at += (this.#sql.codePointAt(this.#at) ?? 0) > 0xffff ? 2 : 1;
    return LITERAL;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#sql);
    if (match === null) return undefined;
    this.#at = pattern.lastIndex;
    return match[0];
  }
}
