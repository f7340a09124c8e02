import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '../src/journal.ts';
import { MemoryJournal } from '../src/memory-journal.ts';
import { ALL_TIME, NOON_MS } from './measured.ts';

function entryOf(sequence: number, text = 'x'.repeat(100)): JournalEntry {
  return { timestampMs: NOON_MS + sequence, writer: 'w', sequence, text };
}

async function sequencesIn(journal: MemoryJournal): Promise<number[]> {
  return (await journal.read(...ALL_TIME, 1000)).map(({ sequence }) => sequence);
}

describe('a memory journal at its cap', () => {
  it('lets the oldest entries go, and counts them', async () => {
    const journal = new MemoryJournal({ maxBytes: 5500 });
    for (let sequence = 0; sequence < 25; sequence++) await journal.append([entryOf(sequence)]);
    expect(await sequencesIn(journal)).toEqual([24, 23, 22, 21, 20, 19, 18, 17, 16, 15]);
    expect(journal.dropped).toBe(15);
  });

  it('does not take in again by a retry what it let go', async () => {
    const journal = new MemoryJournal({ maxBytes: 1200 });
    const entries = [0, 1, 2, 3, 4].map((sequence) => entryOf(sequence));
    await journal.append(entries);
    await journal.append(entries);
    expect(await sequencesIn(journal)).toEqual([4, 3]);
    expect(journal.dropped).toBe(3);
  });

  it('has no room for an entry that is larger than all of it', async () => {
    const journal = new MemoryJournal({ maxBytes: 1200 });
    await journal.append([entryOf(0), entryOf(1, 'x'.repeat(1000))]);
    expect(await sequencesIn(journal)).toEqual([]);
    expect(journal.dropped).toBe(2);
  });

  it('stays intact as entries go, and no longer knows heads of before', async () => {
    const journal = new MemoryJournal({ maxBytes: 5500 });
    await journal.append([entryOf(0)]);
    const { head } = await journal.verify();
    for (let sequence = 1; sequence < 25; sequence++) await journal.append([entryOf(24 - sequence + 1)]);
    const expected = { intact: true, entries: 10, keptHead: 'dropped' };
    expect(await journal.verify({ head })).toMatchObject(expected);
    expect(await sequencesIn(journal)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('is verified while entries go', async () => {
    const journal = new MemoryJournal({ maxBytes: 550 * 300 });
    await journal.append(Array.from({ length: 300 }, (_, sequence) => entryOf(sequence)));
    const { head } = await journal.verify();
    const verifying = journal.verify({ head });
    for (let sequence = 300; sequence < 1000; sequence++) {
      if (sequence % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
      await journal.append([entryOf(sequence)]);
    }
    expect(await verifying).toMatchObject({ intact: true });
    expect(await journal.verify()).toMatchObject({
      intact: true,
      entries: 300,
      head: expect.stringMatching(/^1000-/),
    });
  });
});
