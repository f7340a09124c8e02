import type { MergedRows } from './row-merge.ts';

/** In bytes of the windows held, roughly. */
const MAX_BYTES = 32 * 1024 * 1024;
/** What an endpoint or a user takes beside the buckets of its sketch, and what a slow request or a sample takes. */
const ENTRY_BYTES = 400;
const DETAIL_BYTES = 250;

export interface CachedMerge extends Pick<MergedRows, 'window' | 'damaged' | 'unnamed'> {}

/**
 * What rows came to when they were merged, so that what is asked for again and again costs little. Rows never change
 * under their names, so a name stands for what it held when it was read; see `erasures` for the one exception.
 * Keeps what was used last.
 */
export class MergedCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, { merge: CachedMerge; bytes: number }>();
  #bytes = 0;

  constructor(maxBytes = MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** To be read, not changed. @param key names rows and parts */
  get(key: string, make: () => CachedMerge): CachedMerge {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known.merge;
    }
    const merge = make();
    this.#keep(key, merge);
    return merge;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #keep(key: string, { window, damaged, unnamed }: CachedMerge): void {
    const merge = { window, damaged, unnamed };
    const bytes = bytesOf(merge) + 2 * key.length;
    if (bytes > this.#maxBytes) return;
    this.#entries.set(key, { merge, bytes });
    this.#bytes += bytes;
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#entries.delete(oldest);
      this.#bytes -= entry.bytes;
    }
  }
}

function bytesOf({ window }: CachedMerge): number {
  const details = [window.slowRequests, window.systemSamples, window.runtimeSamples];
  let bytes = DETAIL_BYTES * details.reduce((sum, detail) => sum + detail.list().length, 0);
  for (const { stats } of window.endpoints.entries()) bytes += ENTRY_BYTES + stats.sketch.byteLength;
  for (const { stats } of window.users.entries()) bytes += ENTRY_BYTES + stats.sketch.byteLength;
  return bytes;
}
