import { randomFillSync } from 'node:crypto';

const TRACE_ID_BYTES = 16;
const SPAN_ID_BYTES = 8;

/** Random bytes are had for many ids at once: to ask for them is what costs. */
const pool = Buffer.alloc(4096);
let taken = pool.length;

/** 32 hex digits. */
export function newTraceId(): string {
  return newId(TRACE_ID_BYTES);
}

/** 16 hex digits. */
export function newSpanId(): string {
  return newId(SPAN_ID_BYTES);
}

function newId(bytes: number): string {
  if (taken + bytes > pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  const start = taken;
  taken += bytes;
  // An id of zeros is none (W3C Trace Context, 3.2.2).
  pool[start] ||= 1;
  return pool.toString('hex', start, taken);
}
