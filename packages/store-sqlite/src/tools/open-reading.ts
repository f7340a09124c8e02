import { DEFAULT_LIMITS } from '@tacho/core';
import { History, nextTurn, type StoreReading } from '@tacho/store';
import { decodeSteps } from '../engine/series-parts.ts';
import { decodeParts } from '../engine/window-parts.ts';
import { ReadingClient } from './reading-client.ts';

export interface OpenReadingOptions {
  /** Absolute. */
  readonly file: string;
  readonly encryptionKeys: readonly Uint8Array[];
  /** The time, in epoch milliseconds. */
  readonly nowMs: () => number;
}

const limits = DEFAULT_LIMITS;

/** @throws TachoError as `StoreTools.read` */
export async function openReading({
  file,
  encryptionKeys,
  nowMs,
}: OpenReadingOptions): Promise<StoreReading> {
  const client = new ReadingClient({ file, encryptionKeys, limits }, nowMs);
  const history = new History({
    limits,
    store: {
      async read({ fromMs, toMs, users = true }) {
        const { parts, ...answer } = await client.call('read', [{ fromMs, toMs, users }]);
        return { ...answer, window: await decodeParts(parts, limits, nextTurn) };
      },
      async series({ fromMs, toMs, stepMs, endpoint }) {
        const { parts, ...answer } = await client.call('series', [{ fromMs, toMs, stepMs, endpoint }]);
        return { ...answer, steps: await decodeSteps(parts, limits, nextTurn) };
      },
    },
  });
  try {
    await client.call('open', []);
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    window: (fromMs, toMs, options) => history.window(fromMs, toMs, options),
    series: (query) => history.series(query),
    close: () => client.close(),
  };
}
