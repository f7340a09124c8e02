import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { TachoError } from '@tacho/core';
import { floorBytes, hasRoom } from '../../src/file/free-space.ts';
import { isDiskFull, sqliteCode, storeError } from '../../src/file/sqlite-error.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();

const sqliteError = (errcode: number) =>
  Object.assign(new Error('SQLite'), { code: 'ERR_SQLITE_ERROR', errcode });
const systemError = (code: string) => Object.assign(new Error(code), { code });

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('storeError', () => {
  it.each([
    [5, 'TACHO_STORE_LOCKED'],
    [261, 'TACHO_STORE_LOCKED'],
    [517, 'TACHO_STORE_LOCKED'],
    [6, 'TACHO_STORE_LOCKED'],
    [8, 'TACHO_STORE_UNAVAILABLE'],
    [1032, 'TACHO_STORE_UNAVAILABLE'],
    [10, 'TACHO_STORE_UNAVAILABLE'],
    [778, 'TACHO_STORE_UNAVAILABLE'],
    [11, 'TACHO_STORE_CORRUPT'],
    [267, 'TACHO_STORE_CORRUPT'],
    [13, 'TACHO_STORE_UNAVAILABLE'],
    [14, 'TACHO_STORE_UNAVAILABLE'],
    [26, 'TACHO_STORE_CORRUPT'],
    [1, 'TACHO_STORE_UNAVAILABLE'],
    [7, 'TACHO_STORE_UNAVAILABLE'],
  ])("SQLite's %i is %s", (errcode, code) => {
    const cause = sqliteError(errcode);
    expect(storeError(cause, scratch('a.db'))).toMatchObject({ code, cause });
    expect(storeError(cause, scratch('a.db')).message).toContain(scratch('a.db'));
  });

  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ELOOP', 'EIO', 'EMFILE', 'ENAMETOOLONG'])('%s', (code) => {
    const error = storeError(systemError(code), '/a/b');
    expect(error).toMatchObject({ code: 'TACHO_STORE_UNAVAILABLE', message: `/a/b: ${code}` });
    expect(isDiskFull(error)).toBe(false);
  });

  it('tells a full disk from the rest', () => {
    for (const error of [sqliteError(13), systemError('ENOSPC'), systemError('EDQUOT')]) {
      expect(isDiskFull(storeError(error, '/a/b'))).toBe(true);
    }
    for (const error of [
      sqliteError(5),
      sqliteError(778),
      systemError('EIO'),
      new Error('disk full'),
      undefined,
    ]) {
      expect(isDiskFull(storeError(error, scratch('a.db')))).toBe(false);
    }
  });

  it('leaves its own errors as they are', () => {
    const error = new TachoError('TACHO_STORE_NEWER', 'later');
    expect(storeError(error, '/a/b')).toBe(error);
  });

  it("knows SQLite's errors as they really are", () => {
    const database = new DatabaseSync(':memory:');
    database.exec('PRAGMA max_page_count = 2');
    const full = thrownBy(() => database.exec('CREATE TABLE a (b); CREATE TABLE c (d); CREATE TABLE e (f)'));
    expect(sqliteCode(full)).toBe(13);
    expect(isDiskFull(storeError(full, scratch('a.db')))).toBe(true);
    database.close();
  });
});

describe('the room that stays free', () => {
  it.each([
    ['2 MB', 2e6, 1e5],
    ['1 GB', 1e9, 5e7],
    ['1 TB', 1e12, 64 * 1024 * 1024],
  ])('of %s', (_, bytes, floor) => {
    expect(floorBytes(bytes)).toBeCloseTo(floor);
  });

  it('is not asked for where it cannot be told', () => {
    expect(hasRoom('/no/such/folder/tacho.db')).toBe(true);
    expect(typeof hasRoom(scratch('a.db'))).toBe('boolean');
  });
});
