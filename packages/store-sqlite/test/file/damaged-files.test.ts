import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { moveAside } from '../../src/file/move-aside.ts';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { BUSY_TIMEOUT_MS, codeOf, companionsOf, createSample, rowsIn } from './sample-store.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();
const NOW_MS = Date.UTC(2026, 10, 23, 12, 45, 1);
const CREATE = { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS } as const;

function withSql(...statements: string[]): (path: string) => void {
  return (path) => {
    const database = new DatabaseSync(path, { defensive: false });
    for (const statement of statements) database.exec(statement);
    database.close();
  };
}

function withBytes(at: number, bytes: readonly number[]): (path: string) => void {
  return (path) => {
    const content = readFileSync(path);
    content.set(bytes, at);
    writeFileSync(path, content);
  };
}

const DAMAGED: Record<string, (path: string) => void> = {
  'one byte': (path) => writeFileSync(path, 'S'),
  text: (path) => writeFileSync(path, 'not a database\n'.repeat(1000)),
  'a short text': (path) => writeFileSync(path, '{}'),
  'random bytes': (path) =>
    writeFileSync(path, Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) % 251))),
  zeros: (path) => writeFileSync(path, Buffer.alloc(8192)),
  half: (path) => truncateSync(path, readFileSync(path).length / 2),
  'the first page alone': (path) => truncateSync(path, 4096),
  'a torn first page': (path) => truncateSync(path, 2000),
  'the header alone': (path) => truncateSync(path, 100),
  'a flipped magic': withBytes(3, [0x00]),
  'a page size of nothing': withBytes(16, [0, 0]),
  'a page size that is no power of two': withBytes(16, [0x13, 0x37]),
  'a payload fraction of another format': withBytes(21, [1, 2, 3]),
  'a flipped application id': withBytes(68, [0x75]),
  'a version below zero': withBytes(60, [0xff]),
  'a version of nothing': withBytes(60, [0, 0, 0, 0]),
  'a schema page that is no tree': withBytes(
    100,
    Array.from({ length: 8 }, () => 0xff),
  ),
  'a schema in pieces': withBytes(
    3000,
    Array.from({ length: 1096 }, () => 0xa5),
  ),
  'a table whose first page is no tree': withBytes(
    4096 * 2,
    Array.from({ length: 4096 * 12 }, () => 0xee),
  ),
  'a planted trigger': withSql('CREATE TRIGGER t AFTER INSERT ON window BEGIN DELETE FROM window; END'),
  'a planted view': withSql('CREATE VIEW v AS SELECT * FROM window'),
  'a table of somebody else': withSql('CREATE TABLE guest (a)'),
  'a missing index': withSql('DROP INDEX window_key'),
  'a missing table': withSql('DROP TABLE accepted'),
  'a table with another column': withSql('ALTER TABLE state ADD COLUMN extra BLOB'),
  'an index that is not unique': withSql(
    'DROP INDEX window_key',
    'CREATE INDEX window_key ON window (level, minute, writer, sequence)',
  ),
  'the log of another file': (path) => {
    const other = new DatabaseSync(`${path}-other`);
    other.exec('PRAGMA journal_mode = WAL; CREATE TABLE a (b); INSERT INTO a VALUES (1)');
    copyFileSync(`${path}-other-wal`, `${path}-wal`);
    other.close();
  },
};

describe('a damaged file', () => {
  let sample = '';
  beforeAll(() => {
    sample = scratch('sample.db');
    createSample(sample);
  });

  describe.each(Object.entries(DAMAGED))('%s', (name, damage) => {
    const fresh = (): string => {
      const path = scratch(`${name.replaceAll(' ', '-')}-${Math.random()}/tacho.db`);
      mkdirSync(dirname(path));
      copyFileSync(sample, path);
      damage(path);
      return path;
    };

    it('is told as corrupt and left as it is', () => {
      const path = fresh();
      const before = readFileSync(path);
      expect(codeOf(() => openStoreFile(path, CREATE))).toBe('TACHO_STORE_CORRUPT');
      expect(codeOf(() => openStoreFile(path, { ...CREATE, mode: 'read-only' }))).toBe('TACHO_STORE_CORRUPT');
      expect(readFileSync(path).equals(before)).toBe(true);
    });

    it('is moved aside, and a new one begun', () => {
      const path = fresh();
      const before = readFileSync(path);
      const movedTo = moveAside(path, NOW_MS);
      openStoreFile(path, CREATE).close();
      expect(movedTo).toBe(`${path}.corrupt-20261123T124501Z`);
      expect(readFileSync(movedTo).equals(before)).toBe(true);
      expect(rowsIn(path)).toBe(0);
      expect(companionsOf(path)).toEqual([]);
    });
  });

  it('is a new one where it has no bytes', () => {
    const path = scratch('empty.db');
    writeFileSync(path, '');
    expect(codeOf(() => openStoreFile(path, { ...CREATE, mode: 'existing' }))).toBe('TACHO_STORE_MISSING');
    openStoreFile(path, CREATE).close();
    expect(rowsIn(path)).toBe(0);
  });

  it('is a new one where a process was killed before the first table', () => {
    const path = scratch('begun.db');
    withSql('PRAGMA auto_vacuum = INCREMENTAL')(path);
    expect(readFileSync(path).length).toBe(4096);
    openStoreFile(path, CREATE).close();
    expect(rowsIn(path)).toBe(0);
  });

  it('is an empty folder, which is moved aside, but not one that holds something', () => {
    const path = scratch('folder.db');
    mkdirSync(path);
    expect(codeOf(() => openStoreFile(path, CREATE))).toBe('TACHO_STORE_CORRUPT');
    expect(readdirSync(moveAside(path, NOW_MS))).toEqual([]);
    openStoreFile(path, CREATE).close();

    const full = scratch('full.db');
    mkdirSync(full);
    writeFileSync(`${full}/a`, 'mine');
    expect(codeOf(() => openStoreFile(full, CREATE))).toBe('TACHO_STORE_UNAVAILABLE');
    expect(existsSync(`${full}/a`)).toBe(true);
  });

  it('is read to the last commit where a log or a journal was left behind', () => {
    const path = scratch('left.db');
    createSample(path, 10);
    const writer = openStoreFile(path, CREATE);
    writer.database.exec('DELETE FROM window WHERE sequence >= 5');
    for (const companion of ['', '-wal']) copyFileSync(path + companion, scratch(`copy.db${companion}`));
    writer.close();
    expect(rowsIn(scratch('copy.db'))).toBe(5);
  });
});
