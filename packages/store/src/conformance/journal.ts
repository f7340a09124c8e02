import { describe, expect, it } from '@jest/globals';
import type { JournalEntry } from '../journal.ts';
import { benchOf, NOON_MS, type OpenStore, sharedBenchOf, UNAVAILABLE } from './store-parts.ts';

const ALL_TIME = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
const ANY_NUMBER = 1000;

const HEAD_OF_TWO = '2-e573110f57b266f39ff2a0c319fa83cd09adaea68577fc2adc4b614570318564';

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

    it('gives page after page, each before what the last one ended with', async () => {
      const { journal } = bench();
      const entries = Array.from({ length: 30 }, (_, index) =>
        entryOf({ timestampMs: NOON_MS + (index % 4), writer: `w${index % 3}`, sequence: index }),
      );
      await journal.append(entries);
      const whole = await journal.read(...ALL_TIME, ANY_NUMBER);
      const paged: JournalEntry[] = [];
      for (let page = await journal.read(...ALL_TIME, 7); page.length > 0; ) {
        paged.push(...page);
        page = await journal.read(...ALL_TIME, 7, page.at(-1));
      }
      expect(paged).toEqual(whole);
      const nowhere = { timestampMs: NOON_MS + 1.5, writer: '', sequence: 0 };
      expect(await journal.read(...ALL_TIME, ANY_NUMBER, nowhere)).toEqual(
        whole.filter(({ timestampMs }) => timestampMs <= NOON_MS + 1),
      );
      expect(await journal.read(NOON_MS + 1, NOON_MS + 3, ANY_NUMBER, nowhere)).toEqual(
        whole.filter(({ timestampMs }) => timestampMs === NOON_MS + 1),
      );
    });

    it('is intact, and has a head, with nothing in it', async () => {
      const verification = await bench().journal.verify();
      const nothing = { intact: true, entries: 0, faultCount: 0, faults: [], head: `0-${'0'.repeat(64)}` };
      expect(verification).toMatchObject(nothing);
      expect([verification.oldestMs, verification.newestMs, verification.keptHead]).toEqual(
        Array(3).fill(undefined),
      );
    });

    it('is intact however entries come, and says from when to when they are', async () => {
      const { journal } = bench();
      await journal.append([entryOf({ sequence: 1 }), entryOf({ sequence: 0, timestampMs: NOON_MS + 5 })]);
      await journal.append([]);
      await journal.append([
        entryOf({ sequence: 1, text: 'again' }),
        entryOf({ writer: 'other', timestampMs: NOON_MS - 0.5, text: 'a\u0000🐎\n' }),
      ]);
      const entries = Array.from({ length: 700 }, (_, index) => entryOf({ sequence: 2 + index }));
      await journal.append(entries);
      const times = { oldestMs: NOON_MS - 0.5, newestMs: NOON_MS + 5 };
      expect(await journal.verify()).toMatchObject({ intact: true, entries: 703, ...times });
    });

    it('has the same head for the same entries in the same order, and another for any other', async () => {
      const entries = [entryOf({}), entryOf({ sequence: 1 })];
      const { journal } = bench();
      await journal.append(entries);
      const { head } = await journal.verify();
      // As the description of `linkAfter` says, computed elsewhere.
      expect(head).toBe(HEAD_OF_TWO);
      await journal.append(entries);
      expect((await journal.verify()).head).toBe(head);
      await journal.append([entryOf({ sequence: 2 })]);
      expect((await journal.verify()).head).toMatch(/^3-[0-9a-f]{64}$/);
    });

    it('knows a head that was kept, and one that is none of its own', async () => {
      const { journal } = bench();
      const heads = [(await journal.verify()).head];
      for (let sequence = 0; sequence < 3; sequence++) {
        await journal.append([entryOf({ sequence })]);
        heads.push((await journal.verify()).head);
      }
      for (const head of heads)
        expect(await journal.verify({ head })).toMatchObject({ intact: true, keptHead: 'found' });
      const strange = [
        heads[2]!.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')),
        `9${heads[1]}`,
        'no head',
      ];
      for (const head of strange)
        expect(await journal.verify({ head })).toMatchObject({
          intact: false,
          keptHead: 'unknown',
          faultCount: 1,
          faults: [{ kind: 'unknown head' }],
        });
    });

    it('is verified while others append', async () => {
      const { journal } = bench();
      await journal.append(Array.from({ length: 1000 }, (_, sequence) => entryOf({ sequence })));
      const verifying = [journal.verify(), journal.verify()];
      for (let sequence = 0; sequence < 50; sequence++)
        await journal.append([entryOf({ writer: 'late', sequence })]);
      for (const verification of await Promise.all(verifying)) {
        expect(verification).toMatchObject({ intact: true, faults: [] });
        expect(verification.entries).toBeGreaterThanOrEqual(1000);
      }
      expect(await journal.verify()).toMatchObject({ intact: true, entries: 1050 });
    });

    it('may be closed twice, and rejects every call afterwards', async () => {
      const { journal } = bench();
      await Promise.all([journal.close(), journal.close()]);
      await expect(journal.append([entryOf({})])).rejects.toMatchObject(UNAVAILABLE);
      await expect(journal.read(...ALL_TIME, ANY_NUMBER)).rejects.toMatchObject(UNAVAILABLE);
      await expect(journal.verify()).rejects.toMatchObject(UNAVAILABLE);
    });
  });
}

function entryOf(entry: Partial<JournalEntry>): JournalEntry {
  return { timestampMs: NOON_MS, writer: 'w', sequence: 0, text: '{"who":"u1"}', ...entry };
}
