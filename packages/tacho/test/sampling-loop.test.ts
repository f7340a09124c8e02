import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '@tacho/core/manual-clock';
import { type Sampler, sampleOnTheFives, untilNextMs } from '../src/sampling-loop.ts';

/** A loop over a sampler that numbers its samples, and what came of it. */
class Loop {
  readonly clock = new ManualClock(0);
  readonly taken: [atMs: number, sample: number][] = [];
  readonly failures: unknown[] = [];
  shutdowns = 0;
  #samples = 0;
  readonly #loop: { stop(): Promise<void> };

  constructor(load?: () => Promise<Sampler<number>>, fails: (sample: number) => boolean = () => false) {
    this.#loop = sampleOnTheFives<number>({
      load: load ?? (async () => this.sampler(fails)),
      clock: this.clock,
      take: (sample) => this.taken.push([this.clock.nowMs, sample]),
      failed: (error) => this.failures.push(error),
    });
  }

  get samples(): number {
    return this.#samples;
  }

  sampler(fails: (sample: number) => boolean = () => false): Sampler<number> {
    return {
      sample: async () => {
        const sample = ++this.#samples;
        if (fails(sample)) throw new Error(`no sample ${sample}`);
        return sample;
      },
      shutdown: async () => {
        this.shutdowns++;
      },
    };
  }

  /** Moves on in steps of half a second. */
  async pass(durationMs: number): Promise<void> {
    for (let passedMs = 0; passedMs < durationMs; passedMs += 500) {
      this.clock.advance(500);
      await turn();
    }
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }
}

describe('there is a sample', () => {
  it('within two seconds, and every ten after that, on the fives; the first reading is thrown away', async () => {
    const loop = new Loop();
    await loop.pass(36_000);
    expect(loop.taken).toEqual([
      [1_000, 2],
      [15_000, 3],
      [25_000, 4],
      [35_000, 5],
    ]);
    expect(loop.failures).toEqual([]);
  });

  it('by what is loaded when the service is up, once', async () => {
    let loads = 0;
    const loop: Loop = new Loop(async () => {
      loads++;
      return loop.sampler();
    });
    expect(loads).toBe(0);
    await loop.pass(20_000);
    expect(loads).toBe(1);
  });

  it.each([
    [0, 5_000],
    [1, 15_000],
    [4_990, 15_000],
    [5_000, 15_000],
    [5_040, 15_000],
    [9_999, 15_000],
    [10_001, 25_000],
    [86_404_000, 86_415_000],
  ])('after one that is over at %i ms, next at %i', (overMs, nextMs) => {
    expect(untilNextMs(overMs)).toBe(nextMs - overMs);
  });

  it('again after a sample that failed, which is told', async () => {
    const loop = new Loop(undefined, (sample) => sample === 1 || sample === 3);
    await loop.pass(36_000);
    expect(loop.taken).toEqual([
      [1_000, 2],
      [25_000, 4],
      [35_000, 5],
    ]);
    expect(loop.failures).toEqual([new Error('no sample 1'), new Error('no sample 3')]);
  });

  it('not at all where the sampler can’t be loaded, which is told once', async () => {
    const failure = new Error('no sampler');
    const loop = new Loop(() => Promise.reject(failure));
    await loop.pass(30_000);
    expect(loop.failures).toEqual([failure]);
    expect(loop.clock.timerCount).toBe(0);
    await loop.stop();
  });
});

describe('when it is stopped', () => {
  it.each([0, 500, 1_000, 15_000])('after %i ms, nothing is sampled any more', async (afterMs) => {
    const loop = new Loop();
    await loop.pass(afterMs);
    const { samples } = loop;
    const taken = [...loop.taken];
    await loop.stop();
    await loop.pass(30_000);
    expect(loop.samples).toBe(samples);
    expect(loop.taken).toEqual(taken);
    expect(loop.clock.timerCount).toBe(0);
    expect(loop.shutdowns).toBe(afterMs === 0 ? 0 : 1);
  });

  it('while the sampler is loaded, that is shut down unused', async () => {
    const { promise, resolve } = Promise.withResolvers<Sampler<number>>();
    const loop = new Loop(() => promise);
    await loop.pass(500);
    await loop.stop();
    resolve(loop.sampler());
    await loop.pass(30_000);
    expect([loop.samples, loop.taken, loop.shutdowns]).toEqual([0, [], 1]);
    expect(loop.clock.timerCount).toBe(0);
  });
});
