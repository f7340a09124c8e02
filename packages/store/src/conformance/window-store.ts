import { describe, expect, it } from '@jest/globals';
import { floorTo, MINUTE_MS } from '@tacho/core';
import { endMsOf } from '../window-span.ts';
import type { WindowRow } from '../window-store.ts';
import { benchOf, NOON_MS, type OpenStore, UNAVAILABLE } from './store-parts.ts';

const MINUTE = floorTo(NOON_MS, MINUTE_MS);
const ALL_TIME = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

export function describeWindowStore(open: OpenStore): void {
  describe('windows', () => {
    const bench = benchOf(open);

    describe('append and read', () => {
      it('give back every byte of a payload', async () => {
        const { windows } = bench();
        const row = rowOf({ payload: Uint8Array.from({ length: 512 }, (_, index) => index) });
        await windows.append([row]);
        expect(await windows.read(...ALL_TIME)).toEqual([row]);
      });

      it.each([0, 1, 5_000_000])('take a payload of %i bytes', async (length) => {
        const { windows } = bench();
        const payload = new Uint8Array(length).fill(0xff);
        await windows.append([rowOf({ payload })]);
        const [row] = await windows.read(...ALL_TIME);
        expect(Buffer.compare(row!.payload, payload)).toBe(0);
      });

      it('keep the bytes that a payload had, whatever becomes of it', async () => {
        const { windows } = bench();
        const larger = Uint8Array.of(9, 1, 2, 9);
        await windows.append([rowOf({ payload: larger.subarray(1, 3) })]);
        larger.fill(0);
        expect((await windows.read(...ALL_TIME)).map(bytesOf)).toEqual([[1, 2]]);
      });

      it('find nothing in an empty store, and take nothing', async () => {
        const { windows } = bench();
        await windows.append([]);
        expect(await windows.read(...ALL_TIME)).toEqual([]);
      });

      it('order by minute, then writer, then sequence, however rows came', async () => {
        const { windows } = bench();
        const inOrder = [
          rowOf({ minuteMs: MINUTE, writer: 'A', sequence: 2 }),
          rowOf({ minuteMs: MINUTE, writer: 'a', sequence: 2 }),
          rowOf({ minuteMs: MINUTE, writer: 'a', sequence: 10 }),
          rowOf({ minuteMs: MINUTE, writer: 'b', sequence: 1 }),
          rowOf({ minuteMs: MINUTE + MINUTE_MS, writer: 'A', sequence: 1 }),
        ];
        for (const place of [3, 0, 4, 2, 1]) await windows.append([inOrder[place]!]);
        expect(await windows.read(...ALL_TIME)).toEqual(inOrder);
      });

      it('tell writers apart, whatever they are called', async () => {
        const { windows } = bench();
        const writers = ['', ' ', '"', "'; --", '%', '__proto__', 'a/b\\c', '~'.repeat(64)].sort();
        await windows.append(writers.map((writer) => rowOf({ writer })));
        expect((await windows.read(...ALL_TIME)).map(({ writer }) => writer)).toEqual(writers);
      });

      it('begin with the first minute there is', async () => {
        const { windows, clock } = bench();
        clock.nowMs = 0;
        await windows.append([rowOf({ minuteMs: 0 })]);
        expect(await windows.read(0, 1)).toHaveLength(1);
      });
    });

    describe('a range', () => {
      const row = rowOf({ minuteMs: MINUTE, spanMs: 2 * MINUTE_MS });
      const endMs = endMsOf(row);

      it.each([
        ['that ends where the row begins', MINUTE - 1, MINUTE, 0],
        ['that ends just after the row begins', MINUTE - 1, MINUTE + 1, 1],
        ['within the row', MINUTE + 1, MINUTE + 2, 1],
        ['around the row', MINUTE - 1, endMs + 1, 1],
        ['that begins just before the row ends', endMs - 1, endMs + 1, 1],
        ['that begins where the row ends', endMs, endMs + 1, 0],
        ['with a fraction of a millisecond of the row', endMs - 0.5, endMs, 1],
        ['without a length', MINUTE + 1, MINUTE + 1, 0],
        ['that ends before it begins', MINUTE + 2, MINUTE + 1, 0],
        ['without a beginning', Number.NEGATIVE_INFINITY, MINUTE + 1, 1],
        ['without an end', endMs - 1, Number.POSITIVE_INFINITY, 1],
      ])('%s', async (_, fromMs, toMs, found) => {
        const { windows } = bench();
        await windows.append([row]);
        expect(await windows.read(fromMs, toMs)).toHaveLength(found);
      });

      it('finds a long row from before among short ones', async () => {
        const { windows } = bench();
        const long = rowOf({ minuteMs: MINUTE, sequence: 0, spanMs: 10 * MINUTE_MS });
        const short = [1, 2, 3].map((n) => rowOf({ minuteMs: MINUTE + n * MINUTE_MS, sequence: n }));
        await windows.append([long, ...short]);
        expect(await windows.read(MINUTE + 3 * MINUTE_MS, MINUTE + 4 * MINUTE_MS)).toEqual([long, short[2]]);
      });
    });

    describe('a retry', () => {
      it('leaves the first payload in place', async () => {
        const { windows } = bench();
        const first = rowOf({ payload: Uint8Array.of(1) });
        await windows.append([first]);
        await windows.append([rowOf({ payload: Uint8Array.of(2) })]);
        expect(await windows.read(...ALL_TIME)).toEqual([first]);
      });

      it('within one append is known as one', async () => {
        const { windows } = bench();
        await windows.append([rowOf({ payload: Uint8Array.of(1) }), rowOf({ payload: Uint8Array.of(2) })]);
        expect((await windows.read(...ALL_TIME)).map(bytesOf)).toEqual([[1]]);
      });

      it('stores what the first attempt did not', async () => {
        const { windows } = bench();
        const rows = [0, 1, 2].map((sequence) => rowOf({ sequence }));
        await windows.append([rows[1]!]);
        await windows.append(rows);
        expect(await windows.read(...ALL_TIME)).toEqual(rows);
      });

      it('while the first attempt is under way is known as one', async () => {
        const { windows } = bench();
        await Promise.all(Array.from({ length: 20 }, () => windows.append([rowOf({})])));
        expect(await windows.read(...ALL_TIME)).toHaveLength(1);
      });
    });

    describe('reading while appending', () => {
      it('sees everything that was fulfilled before, and of each writer its first rows without a gap', async () => {
        const { windows } = bench();
        const fulfilled = new Map([
          ['a', 0],
          ['b', 0],
        ]);
        const append = async (writer: string): Promise<void> => {
          for (let sequence = 0; sequence < 50; sequence++) {
            await windows.append([rowOf({ writer, sequence, payload: new Uint8Array(100).fill(sequence) })]);
            fulfilled.set(writer, sequence + 1);
          }
        };
        const look = async (): Promise<void> => {
          const before = new Map(fulfilled);
          const rows = await windows.read(...ALL_TIME);
          for (const [writer, least] of before) {
            const own = rows.filter((row) => row.writer === writer);
            expect(own.map(({ sequence }) => sequence)).toEqual(own.map((_, index) => index));
            expect(own.length).toBeGreaterThanOrEqual(least);
            for (const { payload, sequence } of own) {
              expect(Buffer.from(payload).equals(Buffer.alloc(100, sequence))).toBe(true);
            }
          }
        };
        const appending = Promise.all([append('a'), append('b')]);
        while (fulfilled.get('a') !== 50 || fulfilled.get('b') !== 50) await look();
        await appending;
        expect(await windows.read(...ALL_TIME)).toHaveLength(100);
      });
    });

    describe('drop', () => {
      it('takes the rows that have ended by then, once, and no others', async () => {
        const { windows } = bench();
        const minutes = [0, 1, 2].map((n) => rowOf({ minuteMs: MINUTE + n * MINUTE_MS, sequence: n }));
        await windows.append(minutes);
        expect(await windows.drop(MINUTE + 2 * MINUTE_MS - 1)).toBe(1);
        expect(await windows.drop(MINUTE + 2 * MINUTE_MS)).toBe(1);
        expect(await windows.drop(MINUTE + 2 * MINUTE_MS)).toBe(0);
        expect(await windows.read(...ALL_TIME)).toEqual([minutes[2]]);
      });
    });

    describe('status', () => {
      it('tells of an empty store', () => {
        expect(bench().windows.status()).toMatchObject({
          open: true,
          rows: 0,
          overCap: false,
          oldestMs: undefined,
          newestMs: undefined,
        });
      });

      it('tells what is stored, and from when to when', async () => {
        const { windows } = bench();
        const long = rowOf({ minuteMs: MINUTE, sequence: 0, spanMs: 5 * MINUTE_MS });
        await windows.append([long, rowOf({ minuteMs: MINUTE + MINUTE_MS, sequence: 1 })]);
        const status = windows.status();
        expect(status).toMatchObject({ rows: 2, oldestMs: MINUTE, newestMs: endMsOf(long) });
        expect(status.bytes).toBeGreaterThan(0);
        expect(status.bytes).toBeLessThanOrEqual(status.maxBytes);
      });
    });

    describe('close', () => {
      it('may be called twice', async () => {
        const { windows } = bench();
        await Promise.all([windows.close(), windows.close()]);
        await windows.close();
        expect(windows.status().open).toBe(false);
      });

      it('leaves every further call rejected', async () => {
        const { windows } = bench();
        await windows.append([rowOf({})]);
        await windows.close();
        await expect(windows.append([rowOf({ sequence: 1 })])).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.append([])).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.read(...ALL_TIME)).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.drop(0)).rejects.toMatchObject(UNAVAILABLE);
      });

      it('leaves an append that is under way either fulfilled or rejected as unavailable', async () => {
        const { windows } = bench();
        const appends = Array.from({ length: 10 }, (_, sequence) => windows.append([rowOf({ sequence })]));
        const [results] = await Promise.all([Promise.allSettled(appends), windows.close()]);
        const reasons = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
        expect(reasons).toEqual(reasons.map(() => expect.objectContaining(UNAVAILABLE)));
      });
    });
  });
}

function rowOf(row: Partial<WindowRow>): WindowRow {
  return {
    minuteMs: MINUTE,
    spanMs: MINUTE_MS,
    writer: 'w',
    sequence: 0,
    payload: Uint8Array.of(1, 2, 3),
    ...row,
  };
}

function bytesOf({ payload }: WindowRow): number[] {
  return [...payload];
}
