import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { StatementPrivacy } from '../../src/export/statement-privacy.ts';

const statement = (system: string, text: string) => new StatementPrivacy(system).statement(text);

const MARK = 'Zaphod';
/** What somebody may have written, MARK in it. */
const CONTENT = fc
  .tuple(
    fc.string({ unit: fc.constantFrom(...'ab \'"`$[]/*-#?:@;\n\t{}é李\\') }),
    fc.string({ unit: fc.constantFrom(...'ab \'"`$[]/*-#?:@;\n\t{}é李\\') }),
  )
  .map(([before, after]) => before + MARK + after);

const doubled = (content: string, quote = "'"): string =>
  quote + content.replaceAll(quote, quote + quote) + quote;
/** As `sqlstring` writes it, and so mysql2. */
const escaped = (content: string): string =>
  `'${content.replace(/[\\'"\n\t]/g, (special) => `\\${special === '\n' ? 'n' : special === '\t' ? 't' : special}`)}'`;
const without = (content: string, pattern: RegExp): string => content.replace(pattern, 'x');

/** How each writes down a text, a number or a remark. */
const WAYS: Record<string, readonly ((content: string) => string)[]> = {
  postgresql: [
    doubled,
    (content) => `E${escaped(content)}`,
    (content) => `U&${doubled(without(content, /\\/g))}`,
    (content) => `$$${without(content, /\$/g)}$$`,
    (content) => `$body$${without(content, /\$/g)}$body$`,
    (content) => `/* ${without(content, /\*\/|\/\*|\/$/g)} */`,
    (content) => `-- ${without(content, /\n/g)}\n`,
    (content) => `/* /* ${without(content, /[*/]/g)} */ ${MARK} */`,
  ],
  mysql: [
    escaped,
    (content) => doubled(without(content, /\\/g)),
    (content) => doubled(without(content, /\\/g), '"'),
    (content) => `_utf8mb4${escaped(content)}`,
    (content) => `# ${without(content, /\n/g)}\n`,
    (content) => `-- ${without(content, /\n/g)}\n`,
    (content) => `/* ${without(content, /[*/]/g)} */`,
  ],
  'microsoft.sql_server': [
    doubled,
    (content) => `N${doubled(content)}`,
    (content) => `-- ${without(content, /\n/g)}\n`,
  ],
  sqlite: [doubled, (content) => doubled(content, '"'), (content) => `x${doubled(content)}`],
  cassandra: [doubled, (content) => `// ${without(content, /\n/g)}\n`],
};

const AROUND = fc.constantFrom(
  'SELECT',
  'users',
  'u.name',
  '=',
  ',',
  '(',
  ')',
  'IN',
  '17',
  '`a`',
  '$1',
  ':id',
  '>=',
);

describe('a statement', () => {
  it.each(Object.keys(WAYS))('keeps nothing of what is in it, however it is written: %s', (system) => {
    const literal = fc
      .tuple(fc.constantFrom(...(WAYS[system] ?? [])), CONTENT)
      .map(([write, content]) => write(content));
    fc.assert(
      fc.property(fc.array(fc.oneof(AROUND, literal), { maxLength: 12 }), (parts) => {
        expect(statement(system, parts.join(' '))).not.toMatch(/zaphod/i);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [
      'postgresql',
      'SELECT * FROM "people" WHERE name = $1 AND age > 42',
      'SELECT * FROM "people" WHERE name = $1 AND age > ?',
    ],
    ['postgresql', 'select "firstName"::text from t1 limit 10;', 'select "firstName"::text from t1 limit ?;'],
    [
      'postgresql',
      "SELECT data->>'mail' FROM u WHERE b = 'O''Brien' or c = 1e-5",
      'SELECT data->>? FROM u WHERE b = ? or c = ?-?',
    ],
    ['postgresql', "SELECT 1 WHERE a = 'it\\'s' OR b = 'Zaphod'", 'SELECT ? WHERE a =…'],
    ['postgresql', "SELECT 'a\\\\' , b", 'SELECT ? , b'],
    ['postgresql', "SELECT 'Zaphod", 'SELECT…'],
    [
      'mysql',
      'SELECT `name` FROM `shop`.`people` WHERE mail = "Zaphod" AND id = 0xFF',
      'SELECT `name` FROM `shop`.`people` WHERE mail = ? AND id = ?',
    ],
    ['mysql', "INSERT INTO p (a, b) VALUES ('x', 'Agrajag O\\'Brien')", 'INSERT INTO p (a, b) VALUES (?,…'],
    ['mysql', "UPDATE p SET a = 5--'1' -- Zaphod", 'UPDATE p SET a = ?--?'],
    [
      'microsoft.sql_server',
      "SELECT [name] FROM [it's] WHERE x = N'Zaphod'",
      'SELECT [name] FROM ? WHERE x = ?',
    ],
    ['oracle', "SELECT q'[it's]' FROM dual", 'SELECT…'],
    ['redis', 'set user:Zaphod secret', 'set ?'],
    ['redis', 'ping', 'ping'],
    ['redis', '\u0000Zaphod', '? ?'],
    ['memcached', 'get Zaphod', 'get ?'],
  ])('keeps what it does: %s %s', (system, text, expected) => {
    expect(statement(system, text)).toBe(expected);
  });

  it.each(['mongodb', 'elasticsearch', 'other_sql', ''])(
    'of what is not known to be SQL is left out: %j',
    (system) => {
      expect(statement(system, '{"find":"people","filter":{"name":"Zaphod"}}')).toBeUndefined();
    },
  );

  it('is cut where it is long, which takes no time', () => {
    const start = performance.now();
    for (const unit of ["''", "'", '"', "\\'", '/*', '$$', '$a', '[', '--', '(1,', "'a'", ' ', '\\']) {
      const kept = statement('mysql', `SELECT ${unit.repeat(1_000_000 / unit.length)}`) ?? '';
      expect(kept.length).toBeLessThan(9_000);
      expect(kept.endsWith('…')).toBe(true);
    }
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('the name of a call', () => {
  it.each([
    ['postgresql', 'pg.query:SELECT shop', 'pg.query:SELECT shop'],
    ['postgresql', 'pg-pool.connect', 'pg-pool.connect'],
    ['postgresql', "pg.query:SELECT'ZAPHOD'", 'pg.query:SELECT?'],
    ['mysql', "SELECT'Zaphod'", 'SELECT?'],
    ['redis', 'MULTI set', 'MULTI set'],
    ['redis', 'redis-GET', 'redis-GET'],
    ['redis', 'zaphod@example.org', '?'],
    ['mongodb', 'mongodb.find', 'mongodb.find'],
  ])('is kept, without literals: %s %s', (system, name, expected) => {
    expect(new StatementPrivacy(system).name(name)).toBe(expected);
  });
});
