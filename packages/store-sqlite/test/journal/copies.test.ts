import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { backup } from '../../src/tools/backup.ts';
import { repair } from '../../src/tools/repair.ts';
import { restore } from '../../src/tools/restore.ts';
import { toolRun } from '../tools/tool-run.ts';
import { entriesOf, JournalBench, NOON_MS, verified } from './journal-bench.ts';

const ENTRIES = 500;
const PAGE_BYTES = 4096;

let bench: JournalBench;
let head: string;
beforeEach(() => {
  bench = new JournalBench();
  const journal = bench.open();
  journal.append(entriesOf(ENTRIES), NOON_MS);
  ({ head } = verified(journal));
});
afterEach(() => bench.close());

it('a backup has the whole chain, and what was appended since is unknown to it', () => {
  backup({ file: bench.path, to: `${bench.path}.backup` }, toolRun());
  const journal = bench.open();
  journal.append(entriesOf(1, ENTRIES), NOON_MS);
  const later = verified(journal).head;
  bench.closeFiles();
  restore({ from: `${bench.path}.backup`, file: bench.path }, toolRun());
  const restored = bench.open();
  expect(verified(restored, head)).toMatchObject({ intact: true, entries: ENTRIES, keptHead: 'found' });
  expect(verified(restored, later)).toMatchObject({ intact: false, keptHead: 'unknown' });
});

it('a repair that loses nothing leaves the chain as it was', () => {
  bench.closeFiles();
  bench.tamper('CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM journal; END');
  repair({ file: bench.path }, toolRun());
  expect(verified(bench.open(), head)).toMatchObject({
    intact: true,
    entries: ENTRIES,
    head,
    keptHead: 'found',
  });
});

it('what a repair could not get back is missing from the chain, and stays so', () => {
  bench.closeFiles();
  const content = readFileSync(bench.path);
  const at = content.indexOf('{"n":250}');
  content.fill(0xa5, at - (at % PAGE_BYTES), at - (at % PAGE_BYTES) + PAGE_BYTES);
  writeFileSync(bench.path, content);
  repair({ file: bench.path }, toolRun());
  const journal = bench.open();
  const { entries, faultCount, faults } = verified(journal);
  expect(entries).toBeLessThan(ENTRIES);
  expect(faultCount).toBe(ENTRIES - entries);
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['missing']));
  journal.append(entriesOf(5, ENTRIES), NOON_MS);
  expect(verified(journal, head)).toMatchObject({ faultCount, keptHead: 'found' });
});
