import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, MINUTE_MS, TachoError, type Window } from '@tacho/core';
import fc from 'fast-check';
import type { WindowStore } from '../src/window-store.ts';
import { requestAt } from './measured.ts';
import { MeasuringProcess } from './measuring-process.ts';

type Step =
  | { readonly kind: 'record' }
  | { readonly kind: 'flush' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'wait'; readonly forMs: number }
  /** Lets so many of the calls that are held up go on. */
  | { readonly kind: 'go on'; readonly calls: number };

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ kind: 'record' as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'flush' as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'ask' as const }) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(0, MINUTE_MS, 2 * MINUTE_MS, HOUR_MS)
      .map((forMs) => ({ kind: 'wait' as const, forMs })),
  },
  {
    weight: 5,
    arbitrary: fc.integer({ min: 1, max: 3 }).map((calls) => ({ kind: 'go on' as const, calls })),
  },
);

type Fate = 'fails before' | 'fails after' | 'succeeds';

/** Holds up each call before and after it reaches the store, and lets appends fail on either side of it. */
function heldUp(scheduler: fc.Scheduler, fates: readonly Fate[]): (store: WindowStore) => WindowStore {
  let appends = 0;
  const hold = (label: string): Promise<unknown> => scheduler.schedule(Promise.resolve(), label);
  return (store) => ({
    append: async (rows) => {
      const fate = fates[appends++ % fates.length];
      await hold('append, on its way');
      if (fate === 'fails before') throw new TachoError('TACHO_STORE_UNAVAILABLE', 'not stored');
      await store.append(rows);
      await hold('append, on its way back');
      if (fate === 'fails after') throw new TachoError('TACHO_STORE_UNAVAILABLE', 'stored all the same');
    },
    read: async (range) => {
      await hold('read, on its way');
      const answer = await store.read(range);
      await hold('read, on its way back');
      return answer;
    },
    series: (query) => store.series(query),
    maintain: () => store.maintain(),
    erase: (pseudonyms) => store.erase(pseudonyms),
    status: () => store.status(),
    close: () => store.close(),
  });
}

/** Each request has a route of its own, so one that is missing or counted twice can be named. */
function countsIn(window: Window): Map<string, number> {
  return new Map([...window.endpoints.entries()].map(({ route, stats }) => [route, stats.total]));
}

function routesUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `/${n}`);
}

const anyFates = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Fate>('succeeds') },
    { weight: 1, arbitrary: fc.constantFrom<Fate>('fails before', 'fails after') },
  ),
  { minLength: 1, maxLength: 5 },
);
/** So small that rows are merged all the time, or large. */
const anyMaxBytes = fc.constantFrom(600, 1200, 1_000_000);

describe('history, while windows are on their way into the store', () => {
  it('has each request once, whatever the store does when', async () => {
    const anySteps = fc.array(anyStep, { minLength: 5, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        anySteps,
        anyFates,
        anyMaxBytes,
        async (scheduler, steps, fates, maxBytes) => {
          const process = new MeasuringProcess({ maxBytes }, heldUp(scheduler, fates));
          const answers: Promise<void>[] = [];
          let recorded = 0;

          const ask = async (): Promise<void> => {
            const before = recorded;
            const counts = countsIn(await process.all());
            expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
            expect(routesUpTo(before).filter((route) => !counts.has(route))).toEqual([]);
            expect(counts.size).toBeLessThanOrEqual(recorded);
          };
          const take = async (step: Step): Promise<void> => {
            if (step.kind === 'record') {
              process.aggregator.record(requestAt(process.clock.nowMs, { route: `/${recorded++}` }));
            } else if (step.kind === 'flush') {
              process.writer.flush().catch(() => {});
            } else if (step.kind === 'ask') {
              answers.push(ask());
            } else if (step.kind === 'wait') {
              process.clock.nowMs += step.forMs;
            } else {
              for (let call = 0; call < step.calls && scheduler.count() > 0; call++)
                await scheduler.waitNext(1);
            }
          };

          for (const step of steps) {
            await take(step);
            await settled();
          }
          while (scheduler.count() > 0) {
            await scheduler.waitNext(1);
            await settled();
          }
          await Promise.all(answers);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Until all that can go on without a held-up call has. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise(setImmediate);
}
