import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Journal } from '../journal.ts';
import type { State } from '../state.ts';
import type { WindowStore } from '../window-store.ts';

/** Saturday, a little after noon: a moment not at the border of any step. */
export const NOON_MS = Date.UTC(2025, 6, 19, 12, 34, 5, 678);

/** The only time that a store under test may know. A test sets it. */
export interface SuiteClock {
  nowMs: number;
  now(): number;
}

export interface StoreParts {
  readonly windows: WindowStore;
  readonly journal: Journal;
  readonly state: State;
}

export type OpenStore = (clock: SuiteClock) => StoreParts | Promise<StoreParts>;

/** What a test works on. */
export interface Bench extends StoreParts {
  readonly clock: SuiteClock;
}

/** Opens a store before each test of the surrounding block, and closes it afterwards. */
export function benchOf(open: OpenStore): () => Bench {
  return benchFrom(beforeEach, afterEach, open);
}

/** Opens a store before all tests of the surrounding block, which leave it so that none is in another's way. */
export function sharedBenchOf(open: OpenStore): () => Bench {
  return benchFrom(beforeAll, afterAll, open);
}

type Hook = (work: () => Promise<void>) => void;

function benchFrom(before: Hook, after: Hook, open: OpenStore): () => Bench {
  let bench: Bench | undefined;
  before(async () => {
    const clock: SuiteClock = { nowMs: NOON_MS, now: () => clock.nowMs };
    bench = { clock, ...(await open(clock)) };
  });
  after(async () => {
    await Promise.all([bench?.windows.close(), bench?.journal.close(), bench?.state.close()]);
  });
  return () => {
    if (bench === undefined) throw new Error('The store is opened for tests, not outside of one.');
    return bench;
  };
}

/** What a call on a closed part is rejected with. */
export const UNAVAILABLE = { name: 'TachoError', code: 'TACHO_STORE_UNAVAILABLE' };
