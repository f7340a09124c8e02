import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compactUtc, moveAside } from '../../src/file/move-aside.ts';
import { codeOf } from './sample-store.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();
const NOW_MS = Date.UTC(2026, 10, 23, 12, 45, 1, 999);
const DAY_MS = 86_400_000;

function placeFile(folder: string, content = 'damaged'): string {
  mkdirSync(scratch(folder), { recursive: true });
  const path = scratch(`${folder}/tacho.db`);
  for (const companion of ['', '-wal', '-shm']) writeFileSync(path + companion, content + companion);
  return path;
}

describe('moveAside', () => {
  it('takes along what SQLite keeps beside the file', () => {
    const path = placeFile('together');
    expect(moveAside(path, NOW_MS)).toBe(`${path}.corrupt-20261123T124501Z`);
    expect(readdirSync(scratch('together')).sort()).toEqual([
      'tacho.db.corrupt-20261123T124501Z',
      'tacho.db.corrupt-20261123T124501Z-shm',
      'tacho.db.corrupt-20261123T124501Z-wal',
    ]);
  });

  it('keeps the newest three, and whatever has another name', () => {
    const path = placeFile('many');
    const others = [
      'tacho.db.corrupt-notes',
      'tacho.db.corrupt-20200101T000000Z.txt',
      'a.db.corrupt-20200101T000000Z',
    ];
    for (const name of others) writeFileSync(scratch(`many/${name}`), '');
    for (let day = 0; day < 6; day++) {
      placeFile('many', `day ${day}`);
      moveAside(path, NOW_MS + day * DAY_MS);
    }
    const kept = readdirSync(scratch('many')).filter((name) => !others.includes(name));
    expect(kept.filter((name) => name.endsWith('Z'))).toEqual([
      'tacho.db.corrupt-20261126T124501Z',
      'tacho.db.corrupt-20261127T124501Z',
      'tacho.db.corrupt-20261128T124501Z',
    ]);
    expect(kept).toHaveLength(9);
    expect(readdirSync(scratch('many'))).toEqual(expect.arrayContaining(others));
  });

  it('never deletes the newest, be the clock far behind', () => {
    const path = placeFile('clock');
    for (let count = 0; count < 4; count++) {
      placeFile('clock');
      moveAside(path, NOW_MS + count * DAY_MS);
    }
    placeFile('clock', 'newest');
    expect(readFileSync(moveAside(path, 0), 'utf8')).toBe('newest');
  });

  it('gives each a name of its own, and keeps all under another label', () => {
    const path = placeFile('label');
    const names = Array.from({ length: 5 }, () => {
      placeFile('label');
      return moveAside(path, NOW_MS, 'before-restore');
    });
    expect(new Set(names).size).toBe(5);
    expect(readdirSync(scratch('label'))).toHaveLength(15);
  });

  it('says that there is nothing', () => {
    expect(codeOf(() => moveAside(scratch('nothing.db'), NOW_MS))).toBe('TACHO_STORE_MISSING');
  });
});

describe('compactUtc', () => {
  it('sorts as time does', () => {
    expect(compactUtc(0)).toBe('19700101T000000Z');
    expect(compactUtc(NOW_MS)).toBe('20261123T124501Z');
  });
});
