import type { Sending } from './case.ts';

/** Three chunks that arrive one by one: what holds for the first may be lost by the third. */
export const UPLOAD: Sending = { method: 'POST', body: ['first ', 'second ', 'third'] };
export const CHUNKS = ['data 1', 'data 2', 'data 3'];

/** Numbers what it sees, as `data 1`, `data 2`. */
export function counted(see: (label: string) => void, what = 'data'): () => void {
  let count = 0;
  return () => see(`${what} ${++count}`);
}
