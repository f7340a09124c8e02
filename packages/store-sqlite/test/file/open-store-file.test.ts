import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { MIGRATIONS } from '../../src/file/migrations.ts';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { BUSY_TIMEOUT_MS, codeOf, companionsOf, createSample, rowsIn, sha256 } from './sample-store.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();
const CREATE = { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS } as const;
const MODES = ['create', 'existing', 'read-only'] as const;

const openCode = (path: string, mode: (typeof MODES)[number] = 'create') =>
  codeOf(() => openStoreFile(path, { mode, busyTimeoutMs: 0 }).close());

function foreignDatabase(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec(sql);
  database.close();
}

describe('openStoreFile', () => {
  it('makes a folder and a file for their owner alone, which Git does not see', () => {
    const path = scratch('made/by/us/tacho.db');
    const file = openStoreFile(path, CREATE);
    file.database.exec("INSERT INTO meta VALUES ('a', x'00')");
    for (const name of ['made', 'made/by', 'made/by/us'])
      expect(statSync(scratch(name)).mode & 0o777).toBe(0o700);
    for (const name of ['', '-wal', '-shm']) expect(statSync(path + name).mode & 0o777).toBe(0o600);
    expect(readFileSync(scratch('made/by/us/.gitignore'), 'utf8')).toBe('*\n');
    file.close();
    file.close();
    expect(companionsOf(path)).toEqual([]);
  });

  it('leaves a folder that is there as it is', () => {
    mkdirSync(scratch('theirs'), { mode: 0o755 });
    openStoreFile(scratch('theirs/tacho.db'), CREATE).close();
    expect(readdirSync(scratch('theirs'))).toEqual(['tacho.db']);
    expect(statSync(scratch('theirs')).mode & 0o777).toBe(0o755);
  });

  it('takes relative paths, and names that mean something to SQLite', () => {
    const odd = ['file:a?mode=memory', ':memory:', 'a%20b#c.db', "quote';--.db", 'ünïcode \u{1F600}.db'];
    for (const name of odd) {
      const path = relative(process.cwd(), scratch(`odd/${name}`));
      createSample(path, 3);
      expect(existsSync(scratch(`odd/${name}`))).toBe(true);
      expect(rowsIn(path)).toBe(3);
      openStoreFile(path, { mode: 'read-only', busyTimeoutMs: 0 }).close();
    }
  });

  it('begins every connection with caution', () => {
    const file = openStoreFile(scratch('caution.db'), { ...CREATE, maxPages: 500 });
    const pragma = (sql: string) => Object.values(file.database.prepare(sql).get() ?? {})[0];
    expect(pragma('PRAGMA trusted_schema')).toBe(0);
    expect(pragma('PRAGMA cell_size_check')).toBe(1);
    expect(pragma('PRAGMA secure_delete')).toBe(1);
    expect(pragma('PRAGMA auto_vacuum')).toBe(2);
    expect(pragma('PRAGMA page_size')).toBe(4096);
    expect(pragma('PRAGMA busy_timeout')).toBe(BUSY_TIMEOUT_MS);
    expect(pragma('PRAGMA max_page_count')).toBe(500);
    expect(pragma('PRAGMA journal_mode')).toBe(file.journalMode);
    expect(pragma('PRAGMA synchronous')).toBe(file.journalMode === 'wal' ? 1 : 2);
    file.database.exec('PRAGMA writable_schema = ON');
    expect(() => file.database.exec("UPDATE sqlite_schema SET sql = ''")).toThrow();
    file.close();
  });

  it.each(MODES)('refuses a path that names nothing: %s', (mode) => {
    expect(openCode('', mode)).toBe('TACHO_BAD_OPTION');
    expect(openCode(`${scratch('a')}\0b`, mode)).toBe('TACHO_BAD_OPTION');
  });

  it.each(['existing', 'read-only'] as const)('creates nothing: %s', (mode) => {
    expect(openCode(scratch('absent/tacho.db'), mode)).toBe('TACHO_STORE_MISSING');
    expect(existsSync(scratch('absent'))).toBe(false);
  });

  it('never goes through a symbolic link, but into a folder behind one', () => {
    const target = scratch('target.db');
    const link = scratch('link.db');
    symlinkSync(target, link);
    for (const mode of MODES) expect(openCode(link, mode)).toBe('TACHO_STORE_UNAVAILABLE');
    expect(existsSync(target)).toBe(false);
    createSample(target, 2);
    for (const mode of MODES) expect(openCode(link, mode)).toBe('TACHO_STORE_UNAVAILABLE');

    symlinkSync(scratch('loop'), scratch('loop'));
    expect(openCode(scratch('loop'))).toBe('TACHO_STORE_UNAVAILABLE');
    expect(openCode(scratch('loop/tacho.db'))).toBe('TACHO_STORE_UNAVAILABLE');

    mkdirSync(scratch('volume'));
    symlinkSync(scratch('volume'), scratch('mounted'));
    openStoreFile(scratch('mounted/tacho.db'), CREATE).close();
    expect(existsSync(scratch('volume/tacho.db'))).toBe(true);
  });

  it('says what stands in the way', () => {
    writeFileSync(scratch('plain'), '');
    expect(openCode(scratch('plain/tacho.db'))).toBe('TACHO_STORE_UNAVAILABLE');
    expect(openCode('/dev/null')).toBe('TACHO_STORE_UNAVAILABLE');
    expect(openCode('/proc/tacho/tacho.db')).toBe('TACHO_STORE_UNAVAILABLE');
    expect(openCode(scratch('n'.repeat(300)))).toBe('TACHO_STORE_UNAVAILABLE');
  });

  it.each([
    [
      'of another program',
      "PRAGMA application_id = 42; CREATE TABLE notes (a); INSERT INTO notes VALUES ('dear')",
    ],
    ['without a mark', 'CREATE TABLE window (a); INSERT INTO window VALUES (1)'],
    ['with a log', 'PRAGMA journal_mode = WAL; CREATE TABLE notes (a)'],
    ['of another version without tables', 'PRAGMA user_version = 3'],
  ])('never touches a database %s', (name, sql) => {
    const path = scratch(`foreign-${name.replaceAll(' ', '-')}.db`);
    foreignDatabase(path, sql);
    const before = sha256(path);
    for (const mode of MODES) expect(openCode(path, mode)).toBe('TACHO_STORE_UNAVAILABLE');
    expect(sha256(path)).toBe(before);
    expect(companionsOf(path)).toEqual([]);
  });

  it('never touches the database of a program that is running', () => {
    const path = scratch('running.db');
    const database = new DatabaseSync(path);
    database.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (a)');
    const before = [sha256(path), sha256(`${path}-wal`)];
    for (const mode of MODES) expect(openCode(path, mode)).toBe('TACHO_STORE_UNAVAILABLE');
    expect([sha256(path), sha256(`${path}-wal`)]).toEqual(before);
    database.close();
  });

  describe('a file of a later version', () => {
    const later = [...MIGRATIONS, 'CREATE TABLE invention (a TEXT) STRICT'];

    it('is left as it is', () => {
      const path = scratch('later.db');
      openStoreFile(path, { ...CREATE, migrations: later }).close();
      const before = sha256(path);
      for (const mode of MODES) expect(openCode(path, mode)).toBe('TACHO_STORE_NEWER');
      expect(sha256(path)).toBe(before);
      expect(companionsOf(path)).toEqual([]);
    });

    it('is left as it is, with its log, while it is in use and after a kill', () => {
      const path = scratch('later-running.db');
      openStoreFile(path, CREATE).close();
      const service = openStoreFile(path, { ...CREATE, migrations: later });
      for (const companion of ['', '-wal'])
        copyFileSync(path + companion, scratch(`later-killed.db${companion}`));
      for (const file of [path, scratch('later-killed.db')]) {
        const before = [sha256(file), sha256(`${file}-wal`)];
        for (const mode of MODES) expect(openCode(file, mode)).toBe('TACHO_STORE_NEWER');
        expect([sha256(file), sha256(`${file}-wal`)]).toEqual(before);
      }
      service.close();
    });
  });

  it('knows whether its file is still in its place', () => {
    const path = scratch('moved.db');
    const file = openStoreFile(path, CREATE);
    expect(file.isInPlace()).toBe(true);
    renameSync(path, `${path}-elsewhere`);
    expect(file.isInPlace()).toBe(false);
    createSample(path, 1);
    expect(file.isInPlace()).toBe(false);
    rmSync(path);
    renameSync(`${path}-elsewhere`, path);
    expect(file.isInPlace()).toBe(true);
    rmSync(path);
    expect(file.isInPlace()).toBe(false);
    file.close();
  });

  it('reads without writing, be it beside a writer', () => {
    const path = scratch('read.db');
    createSample(path, 7);
    const writer = openStoreFile(path, CREATE);
    writer.database.exec('BEGIN IMMEDIATE; DELETE FROM window');
    const reader = openStoreFile(path, { mode: 'read-only', busyTimeoutMs: 0 });
    expect(reader.database.prepare('SELECT count(*) AS n FROM window').get()).toEqual({ n: 7 });
    expect(() => reader.database.exec('DELETE FROM window')).toThrow();
    reader.close();
    writer.close();
    expect(companionsOf(path)).toEqual([]);
  });

  it('opens a hundred megabytes as quickly as nothing', () => {
    const path = scratch('large.db');
    createSample(path, 1);
    const large = new DatabaseSync(path);
    large.exec(`BEGIN; WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1600)
      INSERT INTO window (level, minute, writer, sequence, rolled, stored, schema, head, endpoints, checksum)
      SELECT 1, i, 'w', i, 0, 0, 1, x'', zeroblob(65536), x'' FROM n; COMMIT`);
    large.close();
    expect(statSync(path).size).toBeGreaterThan(100e6);
    const startMs = performance.now();
    openStoreFile(path, CREATE).close();
    expect(performance.now() - startMs).toBeLessThan(2000);
    rmSync(path);
  });

  it('counts as full past its most pages', () => {
    const file = openStoreFile(scratch('small.db'), { ...CREATE, maxPages: 20 });
    const insert = file.database.prepare('INSERT INTO endpoint (name, used) VALUES (zeroblob(100000), 0)');
    expect(() => insert.run()).toThrow(/full/);
    file.close();
  });

  it('names its folder, whatever the mode of the file', () => {
    const path = scratch('modes.db');
    createSample(path, 1);
    chmodSync(path, 0o644);
    openStoreFile(path, CREATE).close();
    expect(statSync(path).mode & 0o777).toBe(0o644);
    expect(dirname(openStoreFile(path, { mode: 'read-only', busyTimeoutMs: 0 }).path)).toBe(
      scratch('.').replace(/\/\.$/, ''),
    );
  });
});
