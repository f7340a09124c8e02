import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '../journal.ts';
import { benchOf, NOON_MS, type OpenStore, sharedBenchOf, UNAVAILABLE } from './store-parts.ts';

const ALL_TIME = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
const ANY_NUMBER = 1000;

export function describeJournal(open: OpenStore): void {
  describe('a journal', () => {
    const bench = benchOf(open);
    const shared = sharedBenchOf(open);

    it('gives back the last entries first, by time, writer and sequence, however they came', async () => {
      const { journal } = bench();
      const lastFirst = [
        entryOf({ timestampMs: NOON_MS + 1, writer: 'A', sequence: 0 }),
        entryOf({ timestampMs: NOON_MS, writer: 'b', sequence: 1 }),
        entryOf({ timestampMs: NOON_MS, writer: 'a', sequence: 10 }),
        entryOf({ timestampMs: NOON_MS, writer: 'a', sequence: 9 }),
        entryOf({ timestampMs: NOON_MS - 1, writer: 'b', sequence: 2 }),
      ];
      await journal.append([lastFirst[3]!, lastFirst[0]!]);
      await journal.append([lastFirst[4]!, lastFirst[2]!, lastFirst[1]!]);
      expect(await journal.read(...ALL_TIME, ANY_NUMBER)).toEqual(lastFirst);
    });

    it('gives back the last ones where there are more than asked for', async () => {
      const { journal } = bench();
      await journal.append([1, 2, 3].map((n) => entryOf({ timestampMs: NOON_MS + n, sequence: n })));
      const sequences = async (limit: number): Promise<number[]> =>
        (await journal.read(...ALL_TIME, limit)).map(({ sequence }) => sequence);
      expect(await sequences(2)).toEqual([3, 2]);
      expect(await sequences(0)).toEqual([]);
    });

    it('counts the beginning of a range in, and its end out', async () => {
      const { journal } = bench();
      await journal.append([entryOf({})]);
      expect(await journal.read(NOON_MS, NOON_MS + 1, ANY_NUMBER)).toHaveLength(1);
      expect(await journal.read(NOON_MS - 1, NOON_MS, ANY_NUMBER)).toEqual([]);
      expect(await journal.read(NOON_MS + 1, NOON_MS + 2, ANY_NUMBER)).toEqual([]);
    });

    let sequence = 0;
    it.each([
      ['nothing', ''],
      ['a line end', 'a\nb\r\nc\u2028'],
      ['U+0000', 'before\u0000after'],
      ['beyond the basic plane', '🐎 ünïcödé'],
      ['quotes', `'"\`; drop table journal --`],
      ['much', 'x'.repeat(100_000)],
    ])('gives back a text of %s', async (_, text) => {
      const { journal } = shared();
      const entry = entryOf({ timestampMs: NOON_MS + sequence, sequence: sequence++, text });
      await journal.append([entry]);
      expect(await journal.read(entry.timestampMs, entry.timestampMs + 1, ANY_NUMBER)).toEqual([entry]);
    });

    it('knows a retry as one, and keeps what came first', async () => {
      const { journal } = bench();
      await journal.append([entryOf({ text: 'first' }), entryOf({ text: 'again' })]);
      await journal.append([entryOf({ text: 'later' }), entryOf({ sequence: 1, text: 'new' })]);
      const texts = (await journal.read(...ALL_TIME, ANY_NUMBER)).map(({ text }) => text);
      expect(texts).toEqual(['new', 'first']);
    });

    it('takes entries from many at once', async () => {
      const { journal } = bench();
      const writers = Array.from({ length: 20 }, (_, index) => `w${index}`);
      await Promise.all(
        writers.map(async (writer) => {
          for (let sequence = 0; sequence < 10; sequence++)
            await journal.append([entryOf({ writer, sequence })]);
        }),
      );
      expect(await journal.read(...ALL_TIME, ANY_NUMBER)).toHaveLength(200);
    });

    it('may be closed twice, and rejects every call afterwards', async () => {
      const { journal } = bench();
      await Promise.all([journal.close(), journal.close()]);
      await expect(journal.append([entryOf({})])).rejects.toMatchObject(UNAVAILABLE);
      await expect(journal.read(...ALL_TIME, ANY_NUMBER)).rejects.toMatchObject(UNAVAILABLE);
    });
  });
}

function entryOf(entry: Partial<JournalEntry>): JournalEntry {
  return { timestampMs: NOON_MS, writer: 'w', sequence: 0, text: '{"who":"u1"}', ...entry };
}
