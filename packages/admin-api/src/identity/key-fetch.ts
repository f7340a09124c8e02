import { type Clock, SECOND_MS } from '@tacho/core';

/** As little of `fetch` as a key set needs. */
export type FetchKeys = (
  url: string,
  init: {
    readonly method: 'GET';
    readonly headers: Headers;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<Response>;

export const LEAST_MS_BETWEEN = 30 * SECOND_MS;

/** A key takes a kilobyte or two. */
const MAX_BYTES = 2 ** 19;

export interface KeyFetchOptions {
  readonly fetch: FetchKeys;
  readonly clock: Pick<Clock, 'now'>;
  /** Told what fails, in one line; how often it is shown is its own business. */
  readonly warn: (line: string) => void;
}

/**
 * Fetches a key set, once in thirty seconds at most, whether that succeeds or not: whoever sends tokens of unknown
 * keys could otherwise have its server asked as often as they like. What is longer than half a megabyte is refused.
 */
export function keyFetch({ fetch, clock, warn }: KeyFetchOptions): FetchKeys {
  let askedMs = Number.NEGATIVE_INFINITY;
  return async (url, init) => {
    const nowMs = clock.now();
    // A clock that was set back must not keep it from asking for longer.
    if (nowMs >= askedMs && nowMs < askedMs + LEAST_MS_BETWEEN) throw new Error('asked a moment ago');
    askedMs = nowMs;
    try {
      return await whole(await fetch(url, init));
    } catch (error) {
      warn(`the keys of adminApi.jwt.jwks could not be fetched: ${causeOf(error)}`);
      throw error;
    }
  };
}

async function whole({ status, body }: Response): Promise<Response> {
  if (status !== 200) {
    await body?.cancel();
    throw new Error(`the answer has the status ${status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`the answer is longer than ${MAX_BYTES} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  if (!isKeySet(text)) throw new Error('the answer is no JSON Web Key Set');
  return new Response(text);
}

function isKeySet(text: string): boolean {
  try {
    const set: unknown = JSON.parse(text);
    return typeof set === 'object' && set !== null && 'keys' in set && Array.isArray(set.keys);
  } catch {
    return false;
  }
}

/** `fetch` says no more than that it failed; what it was is in the cause. */
function causeOf(error: unknown): string {
  const { name, message, cause } = error as Error;
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return code ?? `${name}: ${message}`;
}
