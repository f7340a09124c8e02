import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Source } from '@tacho/core';
import { exportStore } from '../../src/tools/export.ts';
import { importStore } from '../../src/tools/import.ts';
import { dumpOfCounts, dumpOfUsers } from '../rows/dump.ts';
import { ALL_TIME, NOON_MS, StoreBench } from '../rows/store-bench.ts';
import { contentOf, dayOf, dropMinutes, levelsIn, measure, type OpenRows } from './stores.ts';
import { toolRun } from './tool-run.ts';

const FROM_MS = NOON_MS - 2 * DAY_MS;
const NOW_MS = NOON_MS + HOUR_MS;

/** Of two days, at a row each ten minutes. */
const sample = new StoreBench();
let source: StoreBench;
let target: StoreBench;
let folder: string;

beforeAll(() => {
  const store = sample.open();
  store.file.database.exec('PRAGMA synchronous = OFF');
  measure(store, { fromMs: FROM_MS, minutes: 2 * 1440, everyMinutes: 10 });
  store.file.close();
});
afterAll(() => sample.close());

beforeEach(() => {
  source = new StoreBench();
  target = new StoreBench();
  folder = mkdtempSync(join(tmpdir(), 'tacho-export-'));
});
afterEach(() => {
  source.close();
  target.close();
  rmSync(folder, { recursive: true });
});

function exportPath(): string {
  return join(folder, 'export.json');
}

/** The sample, in the source's place. */
function history(): OpenRows {
  copyFileSync(sample.path, source.path);
  const store = source.open();
  store.file.database.exec('PRAGMA synchronous = OFF');
  return store;
}

function exportAll() {
  return exportStore({ file: source.path, to: exportPath() }, toolRun());
}

function importAll(run = toolRun()) {
  return importStore({ from: exportPath(), file: target.path }, run);
}

function factsIn(path: string): { minute_ms: number; level: string; sources: Source[] }[] {
  return linesIn(path)
    .slice(1, -1)
    .map((line) => JSON.parse(line));
}

/** Each row that was measured had one. */
function slowIn(store: OpenRows): number {
  return store.read(ALL_TIME, NOW_MS).window.endpoints.get('GET /slow')?.stats.total ?? 0;
}

function sequencesIn(fact: ReturnType<typeof factsIn>[number] | undefined): number {
  return (fact?.sources ?? []).reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

function linesIn(path: string): string[] {
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

const RANGES = [
  ALL_TIME,
  { fromMs: FROM_MS + 90 * MINUTE_MS, toMs: FROM_MS + 4 * HOUR_MS },
  { fromMs: FROM_MS + 3 * HOUR_MS, toMs: FROM_MS + 40 * HOUR_MS },
  { fromMs: NOON_MS - 3 * HOUR_MS, toMs: NOW_MS },
];

function expectSame(a: OpenRows, b: OpenRows): void {
  for (const range of RANGES) {
    const [ours, theirs] = [a, b].map((store) => {
      const { window, ...coverage } = store.read(range, NOW_MS);
      const slow = window.slowRequests.list();
      return { ...coverage, counts: dumpOfCounts(window), users: dumpOfUsers(window), slow };
    });
    expect(theirs).toEqual(ours);
  }
}

describe('an export, imported into an empty store', () => {
  it('answers every range as the store did', () => {
    const ours = history();
    const theirs = target.open();
    const { windows, damaged, bytes, path } = exportAll();
    expect([windows, damaged, path]).toEqual([288, 0, exportPath()]);
    expect(bytes).toBe(statSync(exportPath()).size);
    expect(importAll()).toEqual({ windows, known: 0, partlyKnown: 0 });
    expectSame(ours, theirs);
  });

  it('still does once it is rolled up there', () => {
    const ours = history();
    const theirs = target.open();
    exportAll();
    importAll();
    for (let hour = 1; hour < 6; hour++) {
      while (theirs.maintain(NOW_MS + hour * HOUR_MS, 100));
    }
    expect(levelsIn(theirs)[3]).toBeGreaterThan(0);
    expectSame(ours, theirs);
  });

  it('holds hours where the minutes are gone, and nothing twice', () => {
    const ours = history();
    const theirs = target.open();
    dropMinutes(ours, dayOf(FROM_MS));
    exportAll();
    const facts = factsIn(exportPath());
    const ofDropped = facts.filter(({ minute_ms }) => minute_ms < dayOf(FROM_MS) + DAY_MS);
    expect(new Set(ofDropped.map(({ level }) => level))).toEqual(new Set(['hour']));
    expect(new Set(facts.map(({ level }) => level))).toEqual(new Set(['hour', 'minute', 'slice']));
    importAll();
    expectSame(ours, theirs);
  });

  it('is counted once, however often it is imported', () => {
    const ours = history();
    const theirs = target.open();
    const { windows } = exportAll();
    importAll();
    const before = contentOf(theirs);
    expect(importAll()).toEqual({ windows, known: windows, partlyKnown: 0 });
    expect(contentOf(theirs)).toEqual(before);
    expectSame(ours, theirs);
  });

  it('changes nothing in the store that it came from', () => {
    const ours = history();
    const { windows } = exportAll();
    const before = contentOf(ours);
    const result = importStore({ from: exportPath(), file: source.path }, toolRun());
    expect(result).toEqual({ windows, known: windows, partlyKnown: 0 });
    expect(contentOf(ours)).toEqual(before);
  });

  it('adds what a store lacks, and leaves alone a row of which it has a part', () => {
    const theirs = target.open();
    measure(theirs, { fromMs: FROM_MS, minutes: 15, everyMinutes: 10 });
    const ours = history();
    dropMinutes(ours, dayOf(FROM_MS));
    const { windows } = exportAll();
    expect(importAll()).toEqual({ windows, known: 1, partlyKnown: 1 });
    const [partlyKnown] = factsIn(exportPath());
    const lacking = sequencesIn(partlyKnown) - 2;
    expect(lacking).toBeGreaterThan(0);
    expect(slowIn(theirs)).toBe(slowIn(ours) - lacking);
  });

  it('knows a retry of what it imported', () => {
    const store = source.open();
    const rows = measure(store, { fromMs: FROM_MS, minutes: 30 });
    const theirs = target.open();
    exportAll();
    importAll();
    const before = dumpOfCounts(theirs.read(ALL_TIME, NOW_MS).window);
    theirs.append(
      rows.map(({ row }) => row),
      NOW_MS,
    );
    expect(dumpOfCounts(theirs.read(ALL_TIME, NOW_MS).window)).toEqual(before);
  });

  it('goes on where an import was cut short', () => {
    const ours = history();
    const theirs = target.open();
    exportAll();
    const lines = linesIn(exportPath());
    const whole = readFileSync(exportPath());
    writeFileSync(exportPath(), `${lines.slice(0, 200).join('\n')}\n`);
    expect(() => importAll()).toThrow(expect.objectContaining({ code: 'TACHO_STORE_CORRUPT' }));
    writeFileSync(exportPath(), whole);
    expect(importAll().known).toBeGreaterThan(0);
    expectSame(ours, theirs);
  });
});

describe('an export', () => {
  it('takes the row above in the place of one that is damaged', () => {
    const ours = history();
    ours.file.database
      .prepare(
        'UPDATE window SET endpoints = zeroblob(50) WHERE id = (SELECT min(id) FROM window WHERE level = 1)',
      )
      .run();
    const before = dumpOfCounts(ours.read({ fromMs: FROM_MS, toMs: NOON_MS }, NOW_MS).window);
    expect(exportAll().damaged).toBe(1);
    expect(factsIn(exportPath())[0]?.level).toBe('hour');
    const theirs = target.open();
    importAll();
    expect(dumpOfCounts(theirs.read({ fromMs: FROM_MS, toMs: NOON_MS }, NOW_MS).window)).toEqual(before);
  });

  it('tells how far it has come, and leaves no other file', () => {
    history();
    const run = toolRun();
    exportStore({ file: source.path, to: exportPath() }, run);
    const shares = run.reports.map(([done, total]) => done / (total ?? Number.NaN));
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(run.temporaries).toHaveLength(1);
    expect(readdirSync(folder)).toEqual(['export.json']);
    expect(statSync(exportPath()).mode & 0o777).toBe(0o600);
  });

  it('of an empty store is a header and a footer', () => {
    source.open();
    const theirs = target.open();
    exportAll();
    expect(linesIn(exportPath())).toEqual([
      '{"format":"tacho-export","version":3,"created":"2026-11-23T12:45:01.000000Z"}',
      '{"windows":0}',
    ]);
    expect(importAll()).toEqual({ windows: 0, known: 0, partlyKnown: 0 });
    expect(levelsIn(theirs)).toEqual({});
  });

  it('never writes over a file', () => {
    history();
    writeFileSync(exportPath(), 'mine');
    expect(() => exportAll()).toThrow(expect.objectContaining({ code: 'TACHO_STORE_UNAVAILABLE' }));
    expect(readFileSync(exportPath(), 'utf8')).toBe('mine');
  });

  it('of no store leaves nothing', () => {
    expect(() => exportAll()).toThrow(expect.objectContaining({ code: 'TACHO_STORE_MISSING' }));
    expect(existsSync(source.path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('encrypted', () => {
  const KEY = new Uint8Array(32).fill(7);
  const OTHER = new Uint8Array(32).fill(9);

  it('an export shows nothing, and is read with the key alone', () => {
    const ours = history();
    const theirs = target.open();
    exportStore({ file: source.path, to: exportPath() }, toolRun([KEY]));
    expect(readFileSync(exportPath()).includes('/slow')).toBe(false);
    expect(() => importAll(toolRun())).toThrow(expect.objectContaining({ code: 'TACHO_STORE_ENCRYPTED' }));
    expect(() => importAll(toolRun([OTHER]))).toThrow(
      expect.objectContaining({ code: 'TACHO_STORE_WRONG_KEY' }),
    );
    expect(levelsIn(theirs)).toEqual({});
    importAll(toolRun([KEY]));
    const dump = (store: OpenRows) => dumpOfCounts(store.read(ALL_TIME, NOW_MS).window);
    const encrypted = target.open({ keyring: toolRun([KEY]).keyring });
    expect(dump(encrypted)).toEqual(dump(ours));
    expect(readFileSync(target.path).includes('/slow')).toBe(false);
  });

  it('every part of an export that is changed is noticed', () => {
    measure(source.open(), { fromMs: FROM_MS, minutes: 5 });
    target.open();
    exportStore({ file: source.path, to: exportPath() }, toolRun([KEY]));
    const sealed = readFileSync(exportPath());
    for (let at = 0; at < sealed.length; at += 97) {
      const changed = Buffer.from(sealed);
      changed[at] = changed[at]! ^ 1;
      writeFileSync(exportPath(), changed);
      expect(() => importAll(toolRun([KEY]))).toThrow(/TACHO|export|key|damaged/);
    }
  });
});
