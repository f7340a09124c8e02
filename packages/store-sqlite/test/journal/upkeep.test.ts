import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HOUR_MS } from '@tacho/core';
import type { SqliteJournal } from '../../src/journal/sqlite-journal.ts';
import { entriesOf, JournalBench, NOON_MS, verified } from './journal-bench.ts';

const KEY_A = new Uint8Array(32).fill(1);
const KEY_B = new Uint8Array(32).fill(2);

let bench: JournalBench;
beforeEach(() => {
  bench = new JournalBench();
});
afterEach(() => bench.close());

function upkept(journal: SqliteJournal, nowMs: number): void {
  while (journal.maintain(nowMs));
}

function sequencesIn(journal: SqliteJournal): number[] {
  return journal.read(0, Number.POSITIVE_INFINITY, 10_000).map(({ sequence }) => sequence);
}

describe('past its cap', () => {
  /** A share for a thousand entries. */
  const CAP = { maxBytes: 8 * 400 * 1000 };

  it('lets go what was appended first, whatever its time, and stays intact', () => {
    const journal = bench.open(CAP);
    journal.append(entriesOf(1000, 5000), NOON_MS);
    journal.append(entriesOf(1300), NOON_MS);
    const { head } = verified(journal);
    upkept(journal, NOON_MS);
    expect(sequencesIn(journal)).toEqual(Array.from({ length: 1000 }, (_, index) => 1299 - index));
    expect(verified(journal, head)).toMatchObject({ intact: true, entries: 1000, head, keptHead: 'found' });
    journal.append(entriesOf(1, 9000), NOON_MS);
    expect(verified(bench.open(CAP), head)).toMatchObject({ intact: true, entries: 1001 });
  });

  it('can not tell of a head that it let go, and shows a row that is back', () => {
    const journal = bench.open(CAP);
    journal.append(entriesOf(10), NOON_MS);
    const { head } = verified(journal);
    bench.tamper('CREATE TABLE kept AS SELECT * FROM journal WHERE position = 5');
    journal.append(entriesOf(1300, 10), NOON_MS);
    upkept(journal, NOON_MS);
    expect(verified(journal, head)).toMatchObject({ intact: true, keptHead: 'dropped' });
    bench.tamper('INSERT INTO journal SELECT * FROM kept');
    expect(verified(journal)).toMatchObject({ intact: false, faults: [{ position: 5, kind: 'added' }] });
  });

  it('shows the removal of what is then the first', () => {
    const journal = bench.open(CAP);
    journal.append(entriesOf(1300), NOON_MS);
    upkept(journal, NOON_MS);
    bench.tamper('DELETE FROM journal WHERE position = 301');
    expect(verified(journal).faults).toEqual([{ position: 301, kind: 'missing' }]);
  });

  it('is verified while entries are added and go', () => {
    const journal = bench.open(CAP);
    journal.append(entriesOf(1000), NOON_MS);
    const { head } = verified(journal);
    const pieces = journal.verification(head);
    for (let round = 1; ; round++) {
      const verification = pieces.next();
      if (verification !== undefined) {
        expect(round).toBeGreaterThan(3);
        expect(verification).toMatchObject({ intact: true, faults: [] });
        break;
      }
      if (round < 20) journal.append(entriesOf(150, 1000 + 150 * round), NOON_MS);
      upkept(journal, NOON_MS);
    }
  });
});

describe('when retention ends', () => {
  it('lets the oldest go, stays intact down to nothing, and goes on', () => {
    const journal = bench.open();
    let nowMs = NOON_MS;
    const pass = (durationMs: number) => {
      // Time passes for the store only as it is looked at.
      for (const endMs = nowMs + durationMs; nowMs < endMs; nowMs += HOUR_MS) upkept(journal, nowMs);
    };
    journal.append(entriesOf(600), nowMs);
    pass(20 * HOUR_MS);
    journal.append(entriesOf(5, 600), nowMs);
    expect(verified(journal)).toMatchObject({ intact: true, entries: 605 });
    pass(6 * HOUR_MS);
    expect(sequencesIn(journal)).toEqual([604, 603, 602, 601, 600]);
    expect(verified(journal)).toMatchObject({ intact: true, entries: 5 });
    const { head } = verified(journal);
    pass(20 * HOUR_MS);
    expect(verified(journal, head)).toMatchObject({ intact: true, entries: 0, head, keptHead: 'found' });
    journal.append(entriesOf(5, 700), nowMs);
    expect(verified(journal, head)).toMatchObject({ intact: true, entries: 5, keptHead: 'found' });
    bench.tamper('DELETE FROM journal WHERE position = 606');
    expect(verified(journal).faults).toEqual([{ position: 606, kind: 'missing' }]);
  });

  it('does not believe an age that somebody else wrote, until what follows is as old', () => {
    const journal = bench.open({ keys: [KEY_A] });
    journal.append(entriesOf(10), NOON_MS);
    bench.tamper('UPDATE journal SET stored = -9000000000000000000 WHERE position <= 5');
    upkept(journal, NOON_MS + HOUR_MS);
    expect(verified(journal)).toMatchObject({ entries: 10, faultCount: 5 });
    for (let hours = 1; hours < 30; hours++) journal.maintain(NOON_MS + hours * HOUR_MS);
    expect(verified(journal)).toMatchObject({ entries: 0, intact: true });
  });
});

it('under another key is what it was, and so is its chain', () => {
  const plain = bench.open();
  plain.append(entriesOf(700), NOON_MS);
  const { head } = verified(plain);
  const lines = plain.read(0, Number.POSITIVE_INFINITY, 1000);
  for (const keys of [[KEY_A], [KEY_B, KEY_A], [KEY_B]]) {
    const journal = bench.open({ keys });
    upkept(journal, NOON_MS);
    expect(journal.isRenewed).toBe(true);
    expect(journal.read(0, Number.POSITIVE_INFINITY, 1000)).toEqual(lines);
    expect(verified(journal, head)).toMatchObject({ intact: true, entries: 700, head, keptHead: 'found' });
  }
});

it('of two processes at once is one chain', () => {
  const [one, other] = [bench.open(), bench.open()];
  for (let sequence = 0; sequence < 50; sequence++) {
    one.append(entriesOf(1, sequence, 'one'), NOON_MS);
    other.append(entriesOf(1, sequence, 'other'), NOON_MS);
  }
  expect(verified(one)).toMatchObject({ intact: true, entries: 100 });
  expect(verified(other).head).toBe(verified(one).head);
});
