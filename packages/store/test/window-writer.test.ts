import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, SECOND_MS, TachoError } from '@tacho/core';
import type { WindowRow, WindowStore } from '../src/window-store.ts';
import { ALL_TIME, NOON_MS, requestAt, requestsIn } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';
import { requestsInRows } from './rows.ts';

/** A store whose appends a test settles by hand, and which is otherwise the real one behind it. */
class HeldStore {
  readonly appends: { rows: readonly WindowRow[]; pass: () => Promise<void>; fail: () => void }[] = [];

  readonly between = (store: WindowStore): WindowStore => ({
    append: (rows) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      this.appends.push({
        rows,
        pass: async () => {
          await store.append(rows);
          resolve();
        },
        fail: () => reject(new TachoError('TACHO_STORE_UNAVAILABLE', 'The store is away.')),
      });
      return promise;
    },
    read: (range) => store.read(range),
    series: (query) => store.series(query),
    maintain: () => store.maintain(),
    erase: (pseudonyms) => store.erase(pseudonyms),
    status: () => store.status(),
    close: () => store.close(),
  });

  /** The append that is under way, once it is. */
  async next(): Promise<(typeof this.appends)[number]> {
    for (;;) {
      const append = this.appends.shift();
      if (append !== undefined) return append;
      await new Promise(setImmediate);
    }
  }
}

function heldProcess(): { process: MeasuringProcess; store: HeldStore } {
  const store = new HeldStore();
  return { store, process: new MeasuringProcess({}, store.between) };
}

function keysOf({ rows }: { rows: readonly WindowRow[] }): { minuteMs: number; sequence: number }[] {
  return rows.map(({ minuteMs, sequence }) => ({ minuteMs, sequence }));
}

const AWAY = { code: 'TACHO_STORE_UNAVAILABLE', message: 'The store is away.' };

describe('a flush', () => {
  it('stores what was measured since the one before, numbered from 0', async () => {
    const process = new MeasuringProcess();
    for (const requests of [2, 0, 3]) {
      for (let n = 0; n < requests; n++) process.aggregator.record(requestAt(process.clock.nowMs));
      process.clock.nowMs += MINUTE_MS;
      await process.writer.flush();
    }
    const rows = process.memory.inRange(...ALL_TIME);
    expect(rows.map(({ minuteMs, writer, sequence }) => ({ minuteMs, writer, sequence }))).toEqual(
      [0, 1, 2].map((n) => ({ minuteMs: NOON_MS + n * MINUTE_MS, writer: 'process', sequence: n })),
    );
    expect(rows.map((row) => requestsInRows([row]))).toEqual([2, 0, 3]);
  });

  it('that fails loses nothing: the next one sends the same row, then what came meanwhile', async () => {
    const { process, store } = heldProcess();
    process.aggregator.record(requestAt(process.clock.nowMs));
    process.clock.nowMs += 10 * SECOND_MS;
    const first = process.writer.flush();
    const refused = await store.next();
    process.aggregator.record(requestAt(process.clock.nowMs));
    refused.fail();
    await expect(first).rejects.toMatchObject(AWAY);

    process.clock.nowMs += 2 * HOUR_MS;
    const second = process.writer.flush();
    const retry = await store.next();
    expect(retry.rows).toEqual(refused.rows);
    await retry.pass();
    const rest = await store.next();
    expect(keysOf(rest)).toMatchObject([{ sequence: 1 }]);
    await rest.pass();
    await second;
    expect(requestsIn(await process.all())).toBe(2);
    expect(requestsInRows(process.memory.inRange(...ALL_TIME))).toBe(2);
  });

  it('never runs beside another, and one that waits stands for all that wait', async () => {
    const { process, store } = heldProcess();
    const first = process.writer.flush();
    const append = await store.next();
    const waiting = [process.writer.flush(), process.writer.flush(), process.writer.flush()];
    await new Promise(setImmediate);
    expect(store.appends).toEqual([]);
    await append.pass();
    await first;
    await (await store.next()).pass();
    await Promise.all(waiting);
    expect(store.appends).toEqual([]);
    expect(process.memory.status().rows).toBe(2);
  });

  it('stores everything recorded up to the call, also what came while another was under way', async () => {
    const { process, store } = heldProcess();
    const underWay = process.writer.flush();
    const append = await store.next();
    process.aggregator.record(requestAt(process.clock.nowMs));
    const last = process.writer.flush();
    await append.pass();
    await underWay;
    await (await store.next()).pass();
    await last;
    expect(requestsInRows(process.memory.inRange(...ALL_TIME))).toBe(1);
  });

  it('follows one that fails', async () => {
    const { process, store } = heldProcess();
    const failing = process.writer.flush();
    const append = await store.next();
    const following = process.writer.flush();
    append.fail();
    await expect(failing).rejects.toMatchObject(AWAY);
    await (await store.next()).pass();
    await (await store.next()).pass();
    await following;
    expect(process.memory.status().rows).toBe(2);
  });

  it('that nobody waits for is no unhandled rejection', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): number => unhandled.push(reason);
    process.on('unhandledRejection', note);
    const held = heldProcess();
    void held.process.writer.flush();
    (await held.store.next()).fail();
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });
});

describe('a flush that must not wait', () => {
  it('has stored everything when it returns, what is on its way too, each record once', async () => {
    const { process, store } = heldProcess();
    process.aggregator.record(requestAt(process.clock.nowMs));
    const flush = process.writer.flush();
    const append = await store.next();
    process.aggregator.record(requestAt(process.clock.nowMs));
    const appended: WindowRow[] = [];
    process.writer.flushNow((rows) => appended.push(...rows) > 0);
    expect(appended.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(requestsInRows(appended)).toBe(2);
    await process.memory.append(appended);
    await append.pass();
    await flush;
    expect(requestsIn(await process.all())).toBe(2);
  });

  it('and fails leaves the rows to the next one', async () => {
    const { process, store } = heldProcess();
    process.aggregator.record(requestAt(process.clock.nowMs));
    process.writer.flushNow(() => false);
    expect(requestsIn(await process.all())).toBe(1);
    const flush = process.writer.flush();
    await (await store.next()).pass();
    await (await store.next()).pass();
    await flush;
    expect(requestsInRows(process.memory.inRange(...ALL_TIME))).toBe(1);
    expect(process.writer.unstored()).toHaveLength(1);
  });
});

describe('while the store is away', () => {
  it('two windows wait for it, however long that takes', async () => {
    const { process, store } = heldProcess();
    for (let n = 0; n < 100; n++) {
      process.aggregator.record(requestAt(process.clock.nowMs));
      process.clock.nowMs += 10 * SECOND_MS;
      const flush = process.writer.flush();
      (await store.next()).fail();
      await expect(flush).rejects.toMatchObject(AWAY);
      expect(process.writer.unstored()).toHaveLength(2);
    }
    const [sealed, live] = process.writer.unstored();
    expect([requestsIn(sealed!.window), requestsIn(live!.window)]).toEqual([1, 99]);
    expect([sealed!.sequence, live!.sequence]).toEqual([0, 1]);
    expect(requestsIn(await process.all())).toBe(100);
  });
});
