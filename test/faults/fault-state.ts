import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** How a call is made to fail. */
export const MODES = ['throws', 'rejects'] as const;
export type Mode = (typeof MODES)[number];

const KEY = 'faults of the test';
const MOST_SITES = 10_000;

/** In `flags`. */
export const IS_OUTSIDE = 1;
export const HAS_RETURNED = 2;
export const GIVES_PROMISE = 4;

/** What all threads of a process know of its call sites, by their ids. */
export interface FaultState {
  /** The id of the site that is to fail, 0 for none; and the index of its mode. */
  readonly armed: Int32Array;
  readonly hits: Int32Array;
  readonly flags: Int32Array;
  readonly injected: Int32Array;
}

/** The same memory in each thread: workers are given what the main thread has made. */
export function faultState(): FaultState {
  const known = getEnvironmentData(KEY) as unknown;
  const bytes = (2 + 3 * MOST_SITES) * Int32Array.BYTES_PER_ELEMENT;
  const memory = known instanceof SharedArrayBuffer ? known : new SharedArrayBuffer(bytes);
  if (known === undefined) setEnvironmentData(KEY, memory as never);
  const part = (n: number): Int32Array => new Int32Array(memory, (2 + n * MOST_SITES) * 4, MOST_SITES);
  return { armed: new Int32Array(memory, 0, 2), hits: part(0), flags: part(1), injected: part(2) };
}
