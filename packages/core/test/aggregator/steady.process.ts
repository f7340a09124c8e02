/**
 * Records the same requests of 200 endpoints over and over. Run with `--expose-gc` and a young generation that is
 * never collected meanwhile; prints how few bytes a record ever allocated.
 */
import { Aggregator } from '../../src/aggregator.ts';
import type { RequestRecord } from '../../src/record.ts';

const RECORDS = 20_000;
const ENDPOINTS = 200;
const ROUNDS = 10;
const PASSES = 30;

const records = Array.from(
  { length: RECORDS },
  (_, i): RequestRecord => ({
    startMs: 1_752_889_345_000 + i,
    durationMs: 0.5 * 3999 ** (((i * 7919) % RECORDS) / RECORDS),
    method: i % 3 === 0 ? 'POST' : 'GET',
    route: `/api/v1/resource-${i % ENDPOINTS}/{id}`,
    status: i % 20 === 0 ? 500 : 200,
    outcome: 'completed',
    user: undefined,
    traceId: undefined,
  }),
);

function bytesARecord(aggregator: Aggregator): number {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < ROUNDS; round++) {
    for (const record of records) aggregator.record(record);
  }
  return (process.memoryUsage().heapUsed - before) / (RECORDS * ROUNDS);
}

// The first passes run before the compiler has seen enough.
const aggregator = new Aggregator({ nowMs: 0 });
console.log(Math.min(...Array.from({ length: PASSES }, () => bytesARecord(aggregator))));
