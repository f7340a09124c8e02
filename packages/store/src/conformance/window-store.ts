import { beforeAll, describe, expect, it } from '@jest/globals';
import { floorTo, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tacho/core';
import type { WindowRow } from '../window-store.ts';
import { ALL_TIME, requestsByEndpoint, requestsIn, requestsStored, rowOf } from './measured-rows.ts';
import { benchOf, NOON_MS, type OpenStore, sharedBenchOf, UNAVAILABLE } from './store-parts.ts';

const MINUTE = floorTo(NOON_MS, MINUTE_MS);

export function describeWindowStore(open: OpenStore): void {
  describe('windows', () => {
    const bench = benchOf(open);

    describe('append and read', () => {
      const shared = sharedBenchOf(open);
      let sequence = 0;

      it('give back what was measured, merged', async () => {
        const { windows } = bench();
        await windows.append([rowOf({ startMs: MINUTE, routes: ['/a', '/b'] })]);
        await windows.append([rowOf({ startMs: MINUTE + 10 * SECOND_MS, sequence: 1, routes: ['/a'] })]);
        const { window, skippedRows, partial } = await windows.read(ALL_TIME);
        expect(requestsByEndpoint(window)).toEqual({ 'GET /a': 2, 'GET /b': 1 });
        expect({ skippedRows, partial }).toEqual({ skippedRows: 0, partial: false });
        expect(window.endpoints.get('GET /a')?.stats.sumUs).toBe(40_000);
        expect([window.startMs, window.endMs]).toEqual([MINUTE, MINUTE + 20 * SECOND_MS]);
      });

      it('keep the bytes that a payload had, whatever becomes of it', async () => {
        const { windows } = bench();
        const { payload, ...key } = rowOf({ startMs: MINUTE });
        const larger = new Uint8Array(payload.length + 10);
        larger.set(payload, 5);
        await windows.append([{ ...key, payload: larger.subarray(5, 5 + payload.length) }]);
        larger.fill(0);
        expect(await requestsStored(windows)).toBe(1);
      });

      it('find nothing in an empty store, and take nothing', async () => {
        const { windows } = bench();
        await windows.append([]);
        expect(await requestsStored(windows)).toBe(0);
      });

      it('tell writers apart, whatever they are called', async () => {
        const { windows } = bench();
        const writers = ['', ' ', '"', "'; --", '%', '__proto__', 'a/b\\c', 'A', 'a', '~'.repeat(64)];
        await windows.append(writers.map((writer) => rowOf({ startMs: MINUTE, writer })));
        expect(await requestsStored(windows)).toBe(writers.length);
      });

      it.each(['__proto__', 'constructor', '/a\u0000b', '/a\u0000c', '/🐎', '/\u202e', '', ' ', "'; --"])(
        'keep the route %j apart',
        async (route) => {
          const { windows } = shared();
          const startMs = MINUTE + sequence * MINUTE_MS;
          await windows.append([rowOf({ startMs, sequence: sequence++, routes: [route, '/a'] })]);
          const { window } = await windows.read({ fromMs: startMs, toMs: startMs + MINUTE_MS });
          expect(Object.entries(requestsByEndpoint(window)).toSorted()).toEqual(
            [
              [`GET ${route}`, 1],
              ['GET /a', 1],
            ].toSorted(),
          );
        },
      );

      it('begin with the first minute there is', async () => {
        const { windows, clock } = bench();
        clock.nowMs = 0;
        await windows.append([rowOf({ startMs: 0 })]);
        expect(await requestsStored(windows, { fromMs: 0, toMs: 1 })).toBe(1);
      });

      it('leave out a payload that is no window, and tell of it at most once', async () => {
        const { windows } = bench();
        const bad: WindowRow = { ...rowOf({ startMs: MINUTE }), payload: Uint8Array.of(255, 0, 1) };
        await windows.append([bad, rowOf({ startMs: MINUTE, sequence: 1 })]);
        const { window, skippedRows } = await windows.read(ALL_TIME);
        expect(requestsIn(window)).toBe(1);
        expect(skippedRows).toBeLessThanOrEqual(1);
      });
    });

    describe('a range', () => {
      const endMs = MINUTE + MINUTE_MS;
      const shared = sharedBenchOf(open);
      beforeAll(() => shared().windows.append([rowOf({ startMs: MINUTE })]));

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
        ['without an end', endMs - 1, Number.POSITIVE_INFINITY, 1],
        ['of all time', Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1],
      ])('%s', async (_, fromMs, toMs, found) => {
        expect(await requestsStored(shared().windows, { fromMs, toMs })).toBe(found);
      });

      it('is answered for whole minutes, and says so', async () => {
        const answer = await shared().windows.read({ fromMs: MINUTE + 1, toMs: MINUTE + 2 });
        expect(answer).toMatchObject({ fromMs: MINUTE, toMs: endMs, resolution: 'minute' });
      });

      it('cuts slow requests to the millisecond', async () => {
        const { windows } = bench();
        await windows.append([rowOf({ startMs: MINUTE + 5, request: { durationMs: 3000 } })]);
        const slowIn = async (fromMs: number, toMs: number): Promise<number> =>
          (await windows.read({ fromMs, toMs })).window.slowRequests.list().length;
        expect(await slowIn(MINUTE + 5, MINUTE + 6)).toBe(1);
        expect(await slowIn(MINUTE, MINUTE + 5)).toBe(0);
        expect(await slowIn(MINUTE + 6, endMs)).toBe(0);
      });
    });

    describe('a retry', () => {
      it('leaves what came first in place', async () => {
        const { windows } = bench();
        await windows.append([rowOf({ startMs: MINUTE, routes: ['/first'] })]);
        await windows.append([rowOf({ startMs: MINUTE, routes: ['/second'] })]);
        expect(requestsByEndpoint((await windows.read(ALL_TIME)).window)).toEqual({ 'GET /first': 1 });
      });

      it('within one append is known as one', async () => {
        const { windows } = bench();
        const row = rowOf({ startMs: MINUTE });
        await windows.append([row, row]);
        expect(await requestsStored(windows)).toBe(1);
      });

      it('stores what the first attempt did not', async () => {
        const { windows } = bench();
        const rows = [0, 1, 2].map((sequence) => rowOf({ startMs: MINUTE, sequence }));
        await windows.append([rows[1]!]);
        await windows.append(rows);
        expect(await requestsStored(windows)).toBe(3);
      });

      it('while the first attempt is under way is known as one', async () => {
        const { windows } = bench();
        const row = rowOf({ startMs: MINUTE });
        await Promise.all(Array.from({ length: 20 }, () => windows.append([row])));
        expect(await requestsStored(windows)).toBe(1);
      });

      it('is known whatever minute it names', async () => {
        const { windows } = bench();
        await windows.append([rowOf({ startMs: MINUTE })]);
        await windows.append([rowOf({ startMs: MINUTE + HOUR_MS })]);
        expect(await requestsStored(windows)).toBe(1);
      });
    });

    it('tells which rows are in an answer', async () => {
      const { windows } = bench();
      await windows.append([0, 1, 3].map((sequence) => rowOf({ startMs: MINUTE, sequence })));
      const unstored = [0, 1, 2, 3].map((sequence) => ({ minuteMs: MINUTE, writer: 'w', sequence }));
      const other = { minuteMs: MINUTE, writer: 'v', sequence: 0 };
      const { stored } = await windows.read({ ...ALL_TIME, unstored: [...unstored, other] });
      expect(stored).toEqual([true, true, false, true, false]);
    });

    it('shows every append that was fulfilled before, and each row whole', async () => {
      const { windows } = bench();
      let fulfilled = 0;
      const append = async (writer: string): Promise<void> => {
        for (let sequence = 0; sequence < 40; sequence++) {
          await windows.append([rowOf({ startMs: MINUTE, writer, sequence, routes: ['/a', '/b'] })]);
          fulfilled++;
        }
      };
      const appending = Promise.all([append('a'), append('b')]);
      while (fulfilled < 80) {
        const least = fulfilled;
        const requests = requestsByEndpoint((await windows.read(ALL_TIME)).window);
        expect(requests['GET /a'] ?? 0).toBeGreaterThanOrEqual(least);
        expect(requests['GET /b']).toBe(requests['GET /a']);
      }
      await appending;
      expect(await requestsStored(windows)).toBe(160);
    });

    describe('a series', () => {
      const rows = [0, 1, 1, 4].map((minute, sequence) =>
        rowOf({ startMs: MINUTE + minute * MINUTE_MS, sequence, routes: ['/a', '/b'] }),
      );
      const query = { fromMs: MINUTE, toMs: MINUTE + 5 * MINUTE_MS, stepMs: MINUTE_MS };
      const shared = sharedBenchOf(open);
      beforeAll(() => shared().windows.append(rows));

      it('has the stats of each step in which something was measured', async () => {
        const { steps } = await shared().windows.series(query);
        expect(steps.map(({ startMs, stats }) => [(startMs - MINUTE) / MINUTE_MS, stats.total])).toEqual([
          [0, 2],
          [1, 4],
          [4, 2],
        ]);
      });

      it('can be of one endpoint, and in longer steps', async () => {
        const { windows } = shared();
        const { steps } = await windows.series({ ...query, stepMs: HOUR_MS, endpoint: 'GET /a' });
        expect(steps.map(({ startMs, stats }) => [startMs, stats.total])).toEqual([
          [floorTo(MINUTE, HOUR_MS), 4],
        ]);
        expect((await windows.series({ ...query, endpoint: 'GET /none' })).steps).toEqual([]);
      });
    });

    it('counts the same where users are not wanted', async () => {
      const { windows } = bench();
      await windows.append([rowOf({ startMs: MINUTE, routes: ['/a', '/b'], request: { user: 'k1-aa' } })]);
      const { window } = await windows.read({ ...ALL_TIME, users: false });
      expect(requestsByEndpoint(window)).toEqual({ 'GET /a': 1, 'GET /b': 1 });
    });

    it('erases a user, whose requests still count', async () => {
      const { windows } = bench();
      const slowBy = (user: string, sequence: number): WindowRow =>
        rowOf({ startMs: MINUTE, sequence, request: { user, durationMs: 3000 } });
      await windows.append([slowBy('k1-aa', 0), slowBy('k1-bb', 1), slowBy('k1-aa', 2)]);
      expect(await windows.erase(['k1-aa', 'k1-cc'])).toBeGreaterThan(0);
      const { window } = await windows.read(ALL_TIME);
      expect([...window.users.entries()].map(({ user }) => user)).toEqual(['k1-bb']);
      const users = window.slowRequests.list().map(({ user }) => user ?? '');
      expect(users.toSorted()).toEqual(['', '', 'k1-bb']);
      expect(requestsIn(window)).toBe(3);
      expect(await windows.erase(['k1-aa'])).toBe(0);
    });

    describe('status', () => {
      it('tells of an empty store', () => {
        expect(bench().windows.status()).toMatchObject({
          open: true,
          rows: 0,
          overCap: false,
          oldestMs: undefined,
          newestMs: undefined,
          unavailable: undefined,
          waitingRows: 0,
        });
      });

      it('tells what is stored, and from when to when', async () => {
        const { windows } = bench();
        await windows.append([0, 4].map((n) => rowOf({ startMs: MINUTE + n * MINUTE_MS, sequence: n })));
        const status = windows.status();
        expect(status).toMatchObject({ oldestMs: MINUTE, newestMs: MINUTE + 5 * MINUTE_MS });
        expect(status.rows).toBeGreaterThan(0);
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
        await windows.append([rowOf({ startMs: MINUTE })]);
        await windows.close();
        const query = { ...ALL_TIME, stepMs: MINUTE_MS };
        await expect(windows.append([rowOf({ startMs: 0, sequence: 1 })])).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.append([])).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.read(ALL_TIME)).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.series(query)).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.maintain()).rejects.toMatchObject(UNAVAILABLE);
        await expect(windows.erase(['k1-aa'])).rejects.toMatchObject(UNAVAILABLE);
      });

      it('leaves an append that is under way either fulfilled or rejected as unavailable', async () => {
        const { windows } = bench();
        const appends = Array.from({ length: 10 }, (_, sequence) =>
          windows.append([rowOf({ startMs: MINUTE, sequence })]),
        );
        const [results] = await Promise.all([Promise.allSettled(appends), windows.close()]);
        const reasons = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
        expect(reasons).toEqual(reasons.map(() => expect.objectContaining(UNAVAILABLE)));
      });
    });
  });
}
