import { type Clock, SECOND_MS } from '@tacho/core';
import type { History } from '@tacho/store';

/** Nobody has anything to store that is older, but who can't store it. */
const UNSTORED_WITHIN_MS = 20 * SECOND_MS;

export interface UpToDateOptions {
  /** Has all processes store what they have measured. Never rejects. */
  readonly gather: () => Promise<void>;
  readonly clock: Pick<Clock, 'now'>;
}

/** History as of now, of all processes that share the store: they are asked before a range is read that reaches to now. */
export function upToDate(
  history: Pick<History, 'window' | 'series'>,
  { gather, clock }: UpToDateOptions,
): Pick<History, 'window' | 'series'> {
  let gathering: Promise<void> | undefined;
  const gatherFor = async (toMs: number): Promise<void> => {
    if (toMs < clock.now() - UNSTORED_WITHIN_MS) return;
    gathering ??= gather().finally(() => {
      gathering = undefined;
    });
    await gathering;
  };
  return {
    async window(fromMs, toMs, options) {
      await gatherFor(toMs);
      return history.window(fromMs, toMs, options);
    },
    async series(query) {
      await gatherFor(query.toMs);
      return history.series(query);
    },
  };
}
