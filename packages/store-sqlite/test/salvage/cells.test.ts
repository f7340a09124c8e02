import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MIGRATIONS, schemaAt } from '../../src/file/migrations.ts';
import { cellsOf } from '../../src/salvage/cells.ts';
import { KNOWN_TABLES } from '../../src/salvage/known-tables.ts';
import { PageSource } from '../../src/salvage/page-source.ts';
import { decodeRecord, type Value } from '../../src/salvage/record.ts';
import { useScratchFolder } from '../file/scratch-folder.ts';

const scratch = useScratchFolder();

const value = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.integer({ min: -130, max: 130 }),
  fc.double({ noNaN: true }).map((number) => number || 0),
  fc.string({ unit: 'binary', maxLength: 50 }).filter((text) => !text.includes('\0') && text.isWellFormed()),
  fc.uint8Array({ maxLength: 100 }),
  fc.integer({ min: 900, max: 30_000 }).map((bytes) => new Uint8Array(bytes).fill(bytes)),
);

const plain = (row: readonly Value[]) =>
  row.map((item) => (item instanceof Uint8Array ? `0x${Buffer.from(item).toString('hex')}` : item));

/** Rows of a table whose key is its first value, however it is kept. */
function rowsFound(path: string): unknown[][] {
  const source = new PageSource(path);
  source.load();
  const rows: unknown[][] = [];
  for (let page = 2; page <= source.pageCount; page++) {
    for (const { rowid, payload, isOfTable } of cellsOf(source, source.page(page))) {
      const row = decodeRecord(payload ?? new Uint8Array());
      expect(row).toBeDefined();
      rows.push(plain(isOfTable ? [rowid, ...(row ?? []).slice(1)] : (row ?? [])));
    }
  }
  source.close();
  return rows.sort((a, b) => Number(a[0]) - Number(b[0]));
}

describe('cells', () => {
  it.each([
    ['with rowids', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b)'],
    ['without rowids', 'CREATE TABLE t (id INTEGER PRIMARY KEY, a, b) WITHOUT ROWID'],
  ])('are all that SQLite put into a table %s', (name, table) => {
    let count = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 40 }), (rows) => {
        const path = scratch(`${name.replace(' ', '-')}-${count++}.db`);
        const database = new DatabaseSync(path);
        database.exec(`PRAGMA synchronous = OFF; PRAGMA auto_vacuum = INCREMENTAL; ${table}`);
        const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)');
        database.exec('BEGIN');
        for (const [id, row] of rows.entries()) insert.run(id, ...(row as SQLInputValue[]));
        database.exec('COMMIT');
        database.close();
        expect(rowsFound(path)).toEqual(rows.map((row, id) => [id, ...plain(row)]));
      }),
      { numRuns: 40 },
    );
  });

  it('of arbitrary pages are read without end or error', () => {
    const path = scratch('arbitrary.db');
    const database = new DatabaseSync(path);
    database.exec('CREATE TABLE t (a); INSERT INTO t VALUES (zeroblob(50000))');
    database.close();
    const source = new PageSource(path);
    source.load();
    const page = fc.tuple(
      fc.constantFrom(0x02, 0x0a, 0x0d),
      fc.uint8Array({ minLength: 4095, maxLength: 4095 }),
    );
    fc.assert(
      fc.property(page, ([type, bytes]) => {
        for (const { payload } of cellsOf(source, Uint8Array.of(type, ...bytes)))
          decodeRecord(payload ?? bytes);
      }),
      { numRuns: 200 },
    );
    source.close();
  });
});

describe('the tables that are known', () => {
  it('are those of the schema, column by column', () => {
    const database = new DatabaseSync(':memory:');
    for (const migration of MIGRATIONS) database.exec(migration);
    const columns = database.prepare('SELECT count(*) AS n FROM pragma_table_info(?)');
    for (const { name, kinds } of KNOWN_TABLES) expect(columns.get(name)).toEqual({ n: kinds.length });
    const tables = schemaAt(MIGRATIONS.length, MIGRATIONS).filter((line) => line.startsWith('["table"'));
    expect(KNOWN_TABLES).toHaveLength(tables.length);
    database.close();
  });
});
