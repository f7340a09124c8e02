import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Keyring, linkAfter } from '@tacho/store';
import { sealRow } from '../../src/journal/journal-rows.ts';
import type { SqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { entriesOf, JournalBench, NOON_MS, verified } from './journal-bench.ts';

const KEY = new Uint8Array(32).fill(3);
const ENTRIES = 1000;

let bench: JournalBench;
beforeEach(() => {
  bench = new JournalBench();
});
afterEach(() => bench.close());

/** Closed journals, to be copied. */
const samples = new Map<string, JournalBench>();
afterAll(() => {
  for (const sample of samples.values()) sample.close();
});

function journalOf(entries: number, keys: readonly Uint8Array[] = []): SqliteJournal {
  const name = `${entries} ${keys.length}`;
  const sample = samples.get(name) ?? newSample(entries, keys);
  samples.set(name, sample);
  bench.copy(sample);
  return bench.open({ keys });
}

function newSample(entries: number, keys: readonly Uint8Array[]): JournalBench {
  const sample = new JournalBench();
  const journal = sample.open({ keys });
  journal.append(entriesOf(entries), NOON_MS);
  expect(verified(journal)).toMatchObject({ intact: true, entries, faults: [] });
  return sample;
}

/** A byte that is not this one. */
function another(byte: string): string {
  return `iif(${byte} = x'7e', x'7f', x'7e')`;
}

/** What an edit may do to each column; the link and the text are in one. */
const EDITS = {
  text: `entry = CAST(substr(entry, 1, length(entry) - 1) || ${another('substr(entry, -1)')} AS BLOB)`,
  timestamp: 'timestamp = timestamp + 0.25',
  writer: "writer = 'x'",
  sequence: 'sequence = sequence + 5000',
  position: 'position = position + 5000',
  stored: 'stored = stored - 1',
  link: `entry = CAST(substr(entry, 1, length(entry) - 30) || ${another('substr(entry, -30, 1)')}
    || substr(entry, -29) AS BLOB)`,
};
const PLACES: readonly [name: string, entries: number, position: number][] = [
  ['first', ENTRIES, 1],
  ['middle', ENTRIES, ENTRIES / 2],
  ['last', ENTRIES, ENTRIES],
  ['only', 1, 1],
];

describe.each([
  ['without a key', []],
  ['with a key', [KEY]],
])('%s', (_, keys) => {
  describe.each(PLACES)('of the %s row', (_name, entries, position) => {
    it.each(Object.entries(EDITS))('an edit shows: %s', (column, edit) => {
      const journal = journalOf(entries, keys);
      bench.tamper(`UPDATE journal SET ${edit} WHERE position = ${position}`);
      const { intact, faults } = verified(journal);
      expect(intact).toBe(false);
      if (column === 'position') {
        const moved = { position: position + 5000, kind: 'added', writer: 'w', sequence: position - 1 };
        expect(faults).toContainEqual(moved);
        expect(faults).toContainEqual({ position, kind: 'missing' });
      } else expect(faults).toEqual([expect.objectContaining({ position, kind: 'changed' })]);
    });

    it('the removal shows, and goes on to after more was appended', () => {
      const journal = journalOf(entries, keys);
      bench.tamper(`DELETE FROM journal WHERE position = ${position}`);
      const expected = { intact: false, faultCount: 1, faults: [{ position, kind: 'missing' }] };
      expect(verified(journal)).toMatchObject(expected);
      journal.append(entriesOf(10, ENTRIES), NOON_MS);
      expect(verified(journal)).toMatchObject({ ...expected, entries: entries + 9 });
      expect(verified(bench.open({ keys }))).toMatchObject(expected);
    });
  });
});

it('two rows that changed places show', () => {
  const journal = journalOf(ENTRIES);
  bench.tamper(`
    UPDATE journal SET position = 9999 WHERE position = 500;
    UPDATE journal SET position = 500 WHERE position = 501;
    UPDATE journal SET position = 501 WHERE position = 9999;
  `);
  expect(verified(journal).faults.slice(0, 2)).toMatchObject([
    { position: 500, kind: 'changed' },
    { position: 501, kind: 'changed' },
  ]);
});

it('texts that changed places show', () => {
  const journal = journalOf(ENTRIES);
  bench.tamper(`
    CREATE TEMP TABLE other AS SELECT position, entry FROM journal WHERE position IN (500, 501);
    UPDATE journal SET entry = (SELECT entry FROM other WHERE other.position = 1001 - journal.position)
    WHERE position IN (500, 501)
  `);
  expect(verified(journal)).toMatchObject({ faultCount: 2, faults: [{ position: 500 }, { position: 501 }] });
});

/** A row as the journal itself would have sealed it, which without a key everybody can. */
function forge(position: number, text: string, link: Uint8Array): string {
  const [sequence, timestampMs] = [position - 1, NOON_MS + position - 1];
  const place = { position, writer: 'w', sequence, timestampMs, storedMs: 0 };
  const entry = Buffer.from(sealRow(place, { link, text }, Keyring.of([]))).toString('hex');
  return `INSERT OR REPLACE INTO journal VALUES (${position}, 'w', ${sequence}, ${timestampMs}, 0, x'${entry}')`;
}

/** The link that fits at a position after the one that a verification gave as head. */
function linkFor(head: string, position: number, text: string): Uint8Array {
  const entry = { writer: 'w', sequence: position - 1, timestampMs: NOON_MS + position - 1, text };
  return linkAfter(Buffer.from(head.split('-')[1] ?? '', 'hex'), position, entry);
}

it('a row that was sealed again with the link it had shows', () => {
  const journal = bench.open();
  journal.append(entriesOf(7), NOON_MS);
  const [, link = ''] = verified(journal).head.split('-');
  journal.append(entriesOf(13, 7), NOON_MS);
  bench.tamper(forge(7, 'another', Buffer.from(link, 'hex')));
  expect(journal.read(0, Number.POSITIVE_INFINITY, 20)[13]?.text).toBe('another');
  expect(verified(journal).faults).toEqual([{ position: 7, kind: 'changed', writer: 'w', sequence: 6 }]);
});

it('a link alone that was sealed again shows once', () => {
  const journal = bench.open();
  journal.append(entriesOf(20), NOON_MS);
  bench.tamper(forge(7, '{"n":6}', new Uint8Array(32)));
  expect(verified(journal).faults).toEqual([{ position: 7, kind: 'changed', writer: 'w', sequence: 6 }]);
});

it.each([9, 10])('a row that was sealed and linked again shows by what follows: %p of 10', (position) => {
  const journal = bench.open();
  journal.append(entriesOf(position - 1), NOON_MS);
  const { head } = verified(journal);
  journal.append(entriesOf(11 - position, position - 1), NOON_MS);
  bench.tamper(forge(position, 'another', linkFor(head, position, 'another')));
  expect(verified(journal).faults).toMatchObject([{ position: 10, kind: 'changed' }]);
});

it('a row that was put after the last one shows, now and after more was appended', () => {
  const journal = journalOf(10);
  const { head } = verified(journal);
  bench.tamper(forge(11, 'inserted', linkFor(head, 11, 'inserted')));
  expect(verified(journal).faults).toMatchObject([{ position: 11, kind: 'added' }]);
  journal.append(entriesOf(1, 30), NOON_MS);
  expect(verified(journal)).toMatchObject({ intact: false, faults: [{ position: 12, kind: 'changed' }] });
});

it.each(['9223372036854775807', '4503599627370497', '4503599627370496', '5000'])(
  'a row at %s shows, and what is appended is appended',
  (position) => {
    const journal = journalOf(10);
    bench.tamper(`INSERT INTO journal VALUES (${position}, 'x', 9223372036854775807, 9e999, 0, x'00')`);
    expect(verified(journal).faults).toMatchObject([{ kind: 'added', writer: 'x' }]);
    journal.append(entriesOf(3, 30), NOON_MS);
    expect(verified(journal)).toMatchObject({ intact: false, entries: 14 });
    expect(journal.read(0, Number.POSITIVE_INFINITY, 100)).toHaveLength(13);
    journal.maintain(NOON_MS);
  },
);

it('rows at positions that no row can have show', () => {
  const journal = journalOf(10);
  bench.tamper("PRAGMA ignore_check_constraints = ON; INSERT INTO journal VALUES (-5, 'x', 1, 1, 0, x'00')");
  expect(verified(journal).faults).toMatchObject([{ position: -5, kind: 'added' }]);
});

it('rows without the ends of the chain show that something may be gone', () => {
  const journal = journalOf(10);
  const { head } = verified(journal);
  bench.tamper("DELETE FROM meta WHERE name = 'journal ends'; DELETE FROM journal WHERE position > 8");
  const expected = { intact: false, faults: [{ position: 9, kind: 'missing' }] };
  expect(verified(journal)).toMatchObject(expected);
  journal.append(entriesOf(5, 30), NOON_MS);
  expect(verified(journal)).toMatchObject({ ...expected, entries: 13 });
  expect(verified(journal, head)).toMatchObject({ faultCount: 2, keptHead: 'unknown' });
});

it('a journal that was removed whole is an empty one, but not to who has kept a head', () => {
  const journal = journalOf(10);
  const { head } = verified(journal);
  bench.tamper("DELETE FROM meta WHERE name = 'journal ends'; DELETE FROM journal");
  expect(verified(journal)).toMatchObject({ intact: true, entries: 0 });
  expect(verified(journal, head)).toMatchObject({ intact: false, keptHead: 'unknown' });
  journal.append(entriesOf(10, 0, 'other'), NOON_MS);
  expect(verified(journal, head)).toMatchObject({ intact: false, keptHead: 'unknown' });
});

it('a row that reading does not find shows', () => {
  bench.open().append(entriesOf(10), NOON_MS);
  bench.tamper(`
    PRAGMA writable_schema = ON;
    CREATE INDEX hollow ON journal (timestamp, writer, sequence) WHERE position <> 4;
    UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'hollow')
      WHERE name = 'journal_time';
    DELETE FROM sqlite_schema WHERE name = 'hollow';
  `);
  const journal = bench.open();
  expect(journal.read(0, Number.POSITIVE_INFINITY, 100)).toHaveLength(9);
  expect(verified(journal)).toMatchObject({ faultCount: 1, faults: [{ position: 4, kind: 'hidden' }] });
});

it('of many faults the first 20 are listed, and all counted', () => {
  const journal = journalOf(ENTRIES);
  bench.tamper('DELETE FROM journal WHERE position % 2 = 0');
  const { faultCount, faults } = verified(journal);
  expect(faultCount).toBe(ENTRIES / 2);
  expect(faults.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, n) => 2 * n + 2));
});
