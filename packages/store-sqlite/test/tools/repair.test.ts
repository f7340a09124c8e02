import { copyFileSync, mkdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { openStoreFile } from '../../src/file/open-store-file.ts';
import { repair } from '../../src/tools/repair.ts';
import { BUSY_TIMEOUT_MS, codeOf, companionsOf, rowsIn } from '../file/sample-store.ts';
import { useScratchFolder } from '../file/scratch-folder.ts';
import { type Contents, contentsOf, createSealedStore, KEY, sealedContentsOf } from './sealed-store.ts';
import { toolRun } from './tool-run.ts';

const scratch = useScratchFolder();
const ROWS = 600;
const PAGE_BYTES = 4096;
const ASIDE = '.before-repair-20261123T124501Z';

/** As much of the rows on pages that are whole as has to come back. */
const INTACT_SHARE = 0.95;

function withBytes(at: number, length: number, byte: (index: number) => number): (content: Buffer) => Buffer {
  return (content) => {
    for (let index = 0; index < length; index++) content[at + index] = byte(index);
    return content;
  };
}

function withoutPages(content: Buffer, isDamaged: (page: number) => boolean): Buffer {
  for (let page = 1; page < content.length / PAGE_BYTES; page++) {
    if (isDamaged(page + 1)) content.fill(0xa5, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
  }
  return content;
}

function interiorPages(content: Buffer): Buffer {
  const isInterior = (page: number) => content[(page - 1) * PAGE_BYTES] === 0x05;
  return withoutPages(content, isInterior);
}

/** How to damage a file, and how much of its rows stay whole at the least. */
const DAMAGES: Record<string, [damage: (content: Buffer) => Buffer, intactShare: number]> = {
  'a flipped magic': [withBytes(3, 1, () => 0), 1],
  'no first page': [withBytes(0, PAGE_BYTES, (index) => index & 0xff), 1],
  'a schema that is no tree': [withBytes(100, 8, () => 0xff), 1],
  'no page above the leaves': [interiorPages, 1],
  'one page lost': [(content) => withoutPages(content, (page) => page === 40), 0.96],
  'each fiftieth page lost': [(content) => withoutPages(content, (page) => page % 50 === 30), 0.9],
  'a third of it cut off': [(content) => content.subarray(0, Math.floor((content.length * 2) / 3)), 0.55],
  'half of it cut off, and the first page': [
    (content) => withBytes(0, PAGE_BYTES, () => 0)(content.subarray(0, content.length / 2 + 1000)),
    0.35,
  ],
};

function expectNothingElse(repaired: Contents, original: Contents): void {
  for (const [table, rows] of Object.entries(repaired)) {
    const known = new Set(original[table as keyof Contents]);
    expect(rows.filter((row) => !known.has(row))).toEqual([]);
  }
}

describe('repair', () => {
  let sample = '';
  let encrypted = '';
  beforeAll(() => {
    sample = scratch('sample.db');
    encrypted = scratch('encrypted.db');
    createSealedStore(sample, ROWS);
    createSealedStore(encrypted, ROWS, [KEY]);
  });

  const fresh = (name: string, from = sample): string => {
    const path = scratch(`${name.replaceAll(' ', '-')}-${Math.random()}/tacho.db`);
    mkdirSync(dirname(path));
    copyFileSync(from, path);
    return path;
  };

  it('leaves a store that is whole alone', () => {
    const path = fresh('whole');
    const before = readFileSync(path);
    const run = toolRun();
    expect(repair({ file: path }, run)).toEqual({ path, rows: ROWS, damaged: 0, previous: undefined });
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(companionsOf(run.temporaries[0] ?? '')).toEqual([]);
    expect(run.reports.at(-1)).toEqual([before.length / PAGE_BYTES, before.length / PAGE_BYTES]);
  });

  it('copies every row of every table as it is', () => {
    const path = fresh('planted');
    const database = new DatabaseSync(path);
    database.exec('CREATE TRIGGER t AFTER INSERT ON window BEGIN DELETE FROM window; END');
    database.exec('DROP INDEX window_key');
    database.close();
    expect(repair({ file: path }, toolRun())).toEqual({
      path,
      rows: ROWS,
      damaged: 0,
      previous: path + ASIDE,
    });
    expect(contentsOf(path)).toEqual(contentsOf(sample));
  });

  it.each(Object.entries(DAMAGES))('%s: what is whole comes back', (name, [damage, intactShare]) => {
    const path = fresh(name);
    writeFileSync(path, damage(readFileSync(path)));
    const damaged = readFileSync(path);
    const result = repair({ file: path }, toolRun());
    expect(result.rows / ROWS).toBeGreaterThanOrEqual(intactShare * INTACT_SHARE);
    expect(result.previous).toBe(path + ASIDE);
    expect(readFileSync(path + ASIDE).equals(damaged)).toBe(true);
    expect(rowsIn(path)).toBe(result.rows);
    expectNothingElse(contentsOf(path), contentsOf(sample));
  });

  it.each([
    ['without a key', []],
    ['with a key', [KEY]],
  ])('never takes a row that was changed: %s', (_, keys) => {
    const original = keys.length === 0 ? sample : encrypted;
    const path = fresh('flipped', original);
    const content = readFileSync(path);
    const flips = 200;
    for (let flip = 0; flip < flips; flip++) {
      const at = PAGE_BYTES + Math.floor(((flip + 0.5) * (content.length - PAGE_BYTES)) / flips);
      content[at] = (content[at] ?? 0) ^ (1 << (flip % 8));
    }
    writeFileSync(path, content);
    const { rows, damaged } = repair({ file: path }, toolRun(keys));
    expectNothingElse(sealedContentsOf(path), sealedContentsOf(original));
    expect(rows).toBeLessThan(ROWS);
    expect(rows + damaged).toBeGreaterThanOrEqual(ROWS * 0.7);
  });

  it('includes what is only in the log', () => {
    const path = fresh('log');
    const writer = openStoreFile(path, { mode: 'create', busyTimeoutMs: BUSY_TIMEOUT_MS });
    writer.database.exec('DELETE FROM window WHERE sequence >= 100');
    const copy = fresh('log-copy');
    for (const companion of ['', '-wal']) copyFileSync(path + companion, copy + companion);
    writer.close();
    writeFileSync(copy, withBytes(0, PAGE_BYTES, () => 0)(readFileSync(copy)));
    expect(repair({ file: copy }, toolRun()).rows).toBe(100);
  });

  it('repairs what was moved aside into the place of the store', () => {
    const path = fresh('aside');
    const corrupt = `${path}.corrupt-20261101T000000Z`;
    renameSync(path, corrupt);
    truncateSync(corrupt, 200 * PAGE_BYTES);
    const first = repair({ file: corrupt }, toolRun());
    expect(first).toMatchObject({ path, previous: corrupt });
    expect(rowsIn(path)).toBe(first.rows);
    const second = repair({ file: corrupt }, toolRun());
    expect(second).toEqual({ ...first, previous: path + ASIDE });
  });

  it('refuses with the wrong key, and touches nothing', () => {
    const path = fresh('keys', encrypted);
    const refused = (keys: Uint8Array[]) => codeOf(() => repair({ file: path }, toolRun(keys)));
    for (const damage of [
      () => {},
      () => writeFileSync(path, withBytes(0, 100, () => 0)(readFileSync(path))),
    ]) {
      damage();
      const before = readFileSync(path);
      expect(refused([])).toBe('TACHO_STORE_ENCRYPTED');
      expect(refused([new Uint8Array(32).fill(8)])).toBe('TACHO_STORE_WRONG_KEY');
      expect(readFileSync(path).equals(before)).toBe(true);
    }
    expect(repair({ file: path }, toolRun([KEY])).rows).toBe(ROWS);
  });
});
