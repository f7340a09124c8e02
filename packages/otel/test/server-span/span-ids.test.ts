import { expect, it } from '@jest/globals';
import { isValidSpanId, isValidTraceId } from '@opentelemetry/api';
import { newSpanId, newTraceId } from '../../src/server-span/span-ids.ts';

it('ids are valid, and no two of 20,000 are the same', () => {
  const [traceIds, spanIds] = [new Set<string>(), new Set<string>()];
  for (let n = 0; n < 20_000; n++) {
    const [traceId, spanId] = [newTraceId(), newSpanId()];
    if (!isValidTraceId(traceId) || !isValidSpanId(spanId)) throw new Error(`${traceId} ${spanId}`);
    traceIds.add(traceId);
    spanIds.add(spanId);
  }
  expect([traceIds.size, spanIds.size]).toEqual([20_000, 20_000]);
});

it('every bit of an id is as often set as not', () => {
  const ids = Array.from({ length: 10_000 }, () => BigInt(`0x${newTraceId()}`));
  const shares = Array.from({ length: 128 }, (_, bit) => {
    const mask = 1n << BigInt(bit);
    return ids.filter((id) => (id & mask) !== 0n).length / ids.length;
  });
  // Seven standard deviations to either side.
  expect(shares.filter((share) => Math.abs(share - 0.5) > 0.035)).toEqual([]);
});
