import { describe } from '@jest/globals';
import { describeJournal } from './conformance/journal.ts';
import { describeState } from './conformance/state.ts';
import type { OpenStore } from './conformance/store-parts.ts';
import { describeCoarsening } from './conformance/window-coarsening.ts';
import { describeWindowStore } from './conformance/window-store.ts';

export type { OpenStore, StoreParts, SuiteClock } from './conformance/store-parts.ts';

/**
 * What the contracts `WindowStore`, `Journal` and `State` promise, as Jest tests that any store has to pass.
 *
 * @param open opens an empty store for one test, which closes it
 */
export function describeStore(name: string, open: OpenStore): void {
  describe(name, () => {
    describeWindowStore(open);
    describeCoarsening(open);
    describeJournal(open);
    describeState(open);
  });
}
