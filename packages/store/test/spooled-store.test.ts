import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS, HOUR_MS, MINUTE_MS, SECOND_MS, TachoError } from '@tacho/core';
import type { ManualClock } from '@tacho/core/manual-clock';
import fc from 'fast-check';
import { MemoryStore } from '../src/memory-store.ts';
import { SpooledStore } from '../src/spooled-store.ts';
import type { WindowStore } from '../src/window-store.ts';
import { ALL_TIME, requestAt, requestsIn } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';

const AWAY = new TachoError('TACHO_STORE_UNAVAILABLE', 'the disk is full');

type Fate = 'works' | 'refuses' | 'stores and fails';

/** A disk that does as it is told. */
class FickleDisk {
  fate: Fate = 'works';
  unreadable = false;
  readonly rows: MemoryStore;

  constructor(clock: ManualClock) {
    this.rows = new MemoryStore({ clock, limits: DEFAULT_LIMITS });
  }

  readonly store: WindowStore = {
    append: async (rows) => {
      if (this.fate === 'refuses') throw AWAY;
      await this.rows.append(rows);
      if (this.fate === 'stores and fails') throw AWAY;
    },
    read: async (range) => {
      if (this.unreadable) throw AWAY;
      return this.rows.read(range);
    },
    series: async (query) => {
      if (this.unreadable) throw AWAY;
      return this.rows.series(query);
    },
    maintain: () => this.rows.maintain(),
    erase: (pseudonyms) => this.rows.erase(pseudonyms),
    status: () => this.rows.status(),
    close: () => this.rows.close(),
  };
}

class SpoolingProcess extends MeasuringProcess {
  readonly disk: FickleDisk;
  readonly spool: SpooledStore;
  recorded = 0;

  constructor() {
    let disk: FickleDisk | undefined;
    let spool: SpooledStore | undefined;
    super({}, (_, clock) => {
      disk = new FickleDisk(clock);
      spool = new SpooledStore({ disk: disk.store, clock, limits: DEFAULT_LIMITS });
      return spool;
    });
    if (disk === undefined || spool === undefined) throw new Error('The process has no store.');
    this.disk = disk;
    this.spool = spool;
  }

  async measure(forMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < forMs; passedMs += 10 * SECOND_MS) {
      this.aggregator.record(requestAt(this.clock.nowMs));
      this.recorded++;
      this.clock.nowMs += 10 * SECOND_MS;
      await this.writer.flush();
    }
  }

  async expectAll(): Promise<void> {
    expect(requestsIn(await this.all())).toBe(this.recorded);
    const { steps } = await this.history.series({
      fromMs: Number.NEGATIVE_INFINITY,
      toMs: Number.POSITIVE_INFINITY,
      stepMs: HOUR_MS,
    });
    expect(steps.reduce((sum, { stats }) => sum + stats.total, 0)).toBe(this.recorded);
  }
}

describe('a store whose disk takes nothing for a while', () => {
  it('answers for all that was measured, and gives it to the disk once that works again', async () => {
    const process = new SpoolingProcess();
    await process.measure(MINUTE_MS);
    process.disk.fate = 'refuses';
    await process.measure(HOUR_MS);
    await process.expectAll();
    expect(process.spool.status()).toMatchObject({ unavailable: 'the disk is full' });
    expect(process.spool.status().waitingRows).toBeGreaterThanOrEqual(60);
    process.disk.fate = 'works';
    await process.measure(10 * SECOND_MS);
    await process.expectAll();
    expect(process.spool.status()).toMatchObject({ unavailable: undefined, waitingRows: 0 });
    expect(requestsIn((await process.disk.rows.read(range())).window)).toBe(process.recorded);
  });

  it('loses no count however long that takes, in bounded memory', async () => {
    const process = new SpoolingProcess();
    process.disk.fate = 'refuses';
    await process.measure(20 * HOUR_MS);
    await process.expectAll();
    expect(process.spool.status().waitingRows).toBeLessThan(500);
  });

  it('gives whoever ends what the disk does not have', async () => {
    const process = new SpoolingProcess();
    await process.measure(MINUTE_MS);
    process.disk.fate = 'refuses';
    await process.measure(MINUTE_MS);
    const rows = process.spool.offerAll();
    const disk = new MemoryStore({ clock: process.clock, limits: DEFAULT_LIMITS });
    await disk.append(rows);
    expect(requestsIn((await disk.read(range())).window)).toBe(6);
  });

  it('counts once what it gave away and stored later all the same', async () => {
    const process = new SpoolingProcess();
    process.disk.fate = 'refuses';
    await process.measure(10 * SECOND_MS);
    const given = process.spool.offerAll();
    await process.measure(3 * HOUR_MS);
    await process.disk.rows.append(given);
    await process.expectAll();
    process.disk.fate = 'works';
    await process.measure(10 * SECOND_MS);
    expect(requestsIn((await process.disk.rows.read(range())).window)).toBe(process.recorded);
  });
});

describe('a store whose disk can not be read', () => {
  it('answers from memory, and says that this is not all', async () => {
    const process = new SpoolingProcess();
    await process.measure(MINUTE_MS);
    process.disk.fate = 'refuses';
    process.disk.unreadable = true;
    await process.measure(MINUTE_MS);
    const { window, partial } = await process.history.window(...ALL_TIME);
    expect(requestsIn(window)).toBe(6);
    expect(partial).toBe(true);
  });
});

describe('any disk', () => {
  it('changes no answer, and gets every row once', async () => {
    const anyFates = fc.array(
      fc.tuple(
        fc.constantFrom<Fate>('works', 'refuses', 'stores and fails'),
        fc.integer({ min: 1, max: 12 }),
      ),
      { maxLength: 12 },
    );
    await fc.assert(
      fc.asyncProperty(anyFates, async (fates) => {
        const process = new SpoolingProcess();
        for (const [fate, flushes] of fates) {
          process.disk.fate = fate;
          await process.measure(flushes * 10 * SECOND_MS);
          await process.expectAll();
        }
        process.disk.fate = 'works';
        await process.measure(10 * SECOND_MS);
        await process.expectAll();
        expect(requestsIn((await process.disk.rows.read(range())).window)).toBe(process.recorded);
      }),
      { numRuns: 50 },
    );
  });
});

function range(): { fromMs: number; toMs: number } {
  const [fromMs, toMs] = ALL_TIME;
  return { fromMs, toMs };
}
