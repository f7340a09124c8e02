import type { Attributes } from '@opentelemetry/api';
import { type SqlDialect, sqlWithoutLiterals } from './sql-privacy.ts';

const STATEMENTS = new Set(['db.statement', 'db.query.text', 'db.query.summary']);
/** Given by programmers, for the most part: to statements that are prepared, to commands. */
const NAMES = new Set(['db.operation', 'db.operation.name', 'db.postgresql.plan']);
/** Who is logged in, and what statements and commands are given. */
const VALUES =
  /^db\.(?:user$|connection_string$|(?:.*[._])?(?:value|param|parameter|arg|argument)s?(?:[._]|$))/;

const STANDARD: SqlDialect = { quotesNames: true, bracketsNames: false, hashComments: false };
const BRACKETS: SqlDialect = { ...STANDARD, bracketsNames: true };
const SQLITE: SqlDialect = { ...BRACKETS, quotesNames: false };
const MYSQL: SqlDialect = { quotesNames: false, bracketsNames: false, hashComments: true };

/** By `db.system.name`, its old names, and what instrumentations write there. */
const DIALECTS: ReadonlyMap<unknown, SqlDialect> = new Map([
  ...['postgresql', 'cockroachdb', 'redshift', 'oracle', 'oracle.db', 'oracledb', 'cassandra'].map(
    (system) => [system, STANDARD] as const,
  ),
  ...['mssql', 'microsoft.sql_server'].map((system) => [system, BRACKETS] as const),
  ...['sqlite', 'sqlite3', 'better-sqlite3'].map((system) => [system, SQLITE] as const),
  ...['mysql', 'mysql2', 'mariadb'].map((system) => [system, MYSQL] as const),
]);

/** Of these a statement is a command, with keys and values behind it. */
const COMMAND_SYSTEMS: ReadonlySet<unknown> = new Set(['redis', 'valkey', 'memcached']);

const COMMAND = /^\s*([a-z][\w.-]{0,62})(?=\s|$)/i;
const WORD = /^[a-z_][\w.:*-]{0,62}$/i;

/** Takes out of what is sent to databases whatever may be somebody's. */
export class StatementPrivacy {
  readonly #dialect: SqlDialect | undefined;
  readonly #hasCommands: boolean;

  /** @param system as the span of the call names it */
  constructor(system: unknown) {
    this.#dialect = DIALECTS.get(system);
    this.#hasCommands = COMMAND_SYSTEMS.has(system);
  }

  /** SQL without literals, a command without arguments; undefined for what is neither. */
  statement(text: string): string | undefined {
    if (this.#dialect !== undefined) return sqlWithoutLiterals(text, this.#dialect);
    if (!this.#hasCommands) return undefined;
    const command = COMMAND.exec(text)?.[1] ?? '?';
    return command.length === text.trim().length ? command : `${command} ?`;
  }

  /** Of a span, which may begin with the statement, or of an operation. */
  name(text: string): string {
    if (this.#dialect !== undefined) return sqlWithoutLiterals(text, this.#dialect);
    return text
      .split(/\s+/, 8)
      .map((word) => (WORD.test(word) ? word : '?'))
      .join(' ');
  }
}

/** Undefined for a span that is not of a call to a database. */
export function statementPrivacyOf(attributes: Attributes): StatementPrivacy | undefined {
  const system = attributes['db.system.name'] ?? attributes['db.system'];
  return system === undefined ? undefined : new StatementPrivacy(system);
}

export const isStatement = (attribute: string): boolean => STATEMENTS.has(attribute);
export const isStatementName = (attribute: string): boolean => NAMES.has(attribute);
export const isStatementValue = (attribute: string): boolean => VALUES.test(attribute);
