import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HeavyQueries } from '../../src/limits/heavy-queries.ts';

const BUSY = { status: 503, code: 'busy', headers: { 'Retry-After': '5' } };

/** Work that ends when it is told to. */
class Work {
  hasBegun = false;
  end: () => void = () => {};
  fail: (error: Error) => void = () => {};

  readonly run = (): Promise<string> => {
    this.hasBegun = true;
    return new Promise((resolve, reject) => {
      this.end = () => resolve('done');
      this.fail = reject;
    });
  };
}

function works(count: number): Work[] {
  return Array.from({ length: count }, () => new Work());
}

function begun(all: readonly Work[]): number[] {
  return all.flatMap(({ hasBegun }, index) => (hasBegun ? [index] : []));
}

async function soon(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('heavy queries', () => {
  it('run two at a time, in the order in which they came; of eleven the last is refused at once', async () => {
    const queries = new HeavyQueries();
    const all = works(11);
    const results = all.map(({ run }) => queries.run(run));
    await expect(results[10]).rejects.toMatchObject(BUSY);
    for (let next = 2; next < 10; next++) {
      expect(begun(all)).toEqual([...Array(next).keys()]);
      all[next - 2]?.end();
      await soon();
    }
    all[8]?.end();
    all[9]?.end();
    expect(await Promise.all(results.slice(0, 10))).toEqual(Array(10).fill('done'));
    expect(begun(all)).not.toContain(10);
  });

  it('are refused when it was not their turn in time, and leave their place', async () => {
    const queries = new HeavyQueries({ atOnce: 1, waiting: 1, waitMs: 20 });
    const [first, late, next] = works(3) as [Work, Work, Work];
    const running = queries.run(first.run);
    await expect(queries.run(late.run)).rejects.toMatchObject(BUSY);
    const waiting = queries.run(next.run);
    first.end();
    await soon();
    next.end();
    expect(await Promise.all([running, waiting])).toEqual(['done', 'done']);
    expect(late.hasBegun).toBe(false);
  });

  it('do not begin for somebody who has gone', async () => {
    const queries = new HeavyQueries({ atOnce: 1 });
    const [first, leaving, next, gone] = works(4) as [Work, Work, Work, Work];
    const running = queries.run(first.run);
    const leaves = new AbortController();
    const left = queries.run(leaving.run, leaves.signal);
    const waiting = queries.run(next.run);
    leaves.abort();
    await expect(left).rejects.toMatchObject(BUSY);
    await expect(queries.run(gone.run, leaves.signal)).rejects.toMatchObject(BUSY);
    first.end();
    await soon();
    next.end();
    expect(await Promise.all([running, waiting])).toEqual(['done', 'done']);
    expect([leaving.hasBegun, gone.hasBegun]).toEqual([false, false]);
  });

  it('hand on their place when they fail, also at once', async () => {
    const queries = new HeavyQueries({ atOnce: 1, waiting: 2 });
    const [first, last] = works(2) as [Work, Work];
    const failing = queries.run(first.run);
    const throwing = queries.run(() => {
      throw new Error('at once');
    });
    const waiting = queries.run(last.run);
    first.fail(new Error('later'));
    await expect(failing).rejects.toThrow('later');
    await expect(throwing).rejects.toThrow('at once');
    last.end();
    expect(await waiting).toBe('done');
  });

  it('are never more at once, and all places are free in the end, whatever happens', async () => {
    const one = fc.record({
      takes: fc.nat(6),
      fails: fc.boolean(),
      leavesAfter: fc.option(fc.nat(6)),
      after: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 40 }), async (plan) => {
        const queries = new HeavyQueries({ atOnce: 2, waiting: 5, waitMs: 60_000 });
        let running = 0;
        let most = 0;
        const results: Promise<unknown>[] = [];
        for (const { takes, fails, leavesAfter, after } of plan) {
          const leaves = new AbortController();
          const work = async (): Promise<void> => {
            most = Math.max(most, ++running);
            for (let n = 0; n < takes; n++) await undefined;
            running -= 1;
            if (fails) throw new Error('failed');
          };
          results.push(queries.run(work, leaves.signal));
          if (leavesAfter !== null) void ticks(leavesAfter).then(() => leaves.abort());
          await ticks(after);
        }
        await Promise.allSettled(results);
        expect([running, most <= 2]).toEqual([0, true]);
        const after = works(3);
        const last = after.map(({ run }) => queries.run(run));
        expect(begun(after)).toEqual([0, 1]);
        for (const work of after) {
          await soon();
          work.end();
        }
        await Promise.all(last);
      }),
    );
  });
});

async function ticks(count: number): Promise<void> {
  for (let n = 0; n < count; n++) await undefined;
}
