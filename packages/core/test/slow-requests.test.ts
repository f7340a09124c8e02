import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RequestRecord } from '../src/record.ts';
import { SlowRequests } from '../src/slow-requests.ts';
import { anySplit, splitAndMerge } from './any-split.ts';
import { anyRecord } from './anything.ts';
import { aRequest } from './report/measured.ts';

/** Many that are alike in some fields, so that every field decides the order now and then. */
const anySlow = fc.record({
  startMs: fc.nat(2),
  durationMs: fc.integer({ min: 2001, max: 2004 }),
  method: fc.constantFrom('GET', 'POST'),
  route: fc.constantFrom('/a', '/b'),
  status: fc.constantFrom(200, 500),
  outcome: fc.constant('completed' as const),
  user: fc.constantFrom(undefined, '', 'u'),
  traceId: fc.constantFrom(undefined, '', 't'),
});

describe('slow requests', () => {
  it('are the completed ones that took more than two seconds, slowest first', () => {
    const slow = slowRequestsOf(10, [
      aRequest({ durationMs: 2000 }),
      aRequest({ durationMs: 2000.001 }),
      aRequest({ durationMs: 9000, outcome: 'aborted' }),
      aRequest({ durationMs: 9000, outcome: 'streamed' }),
      aRequest({ durationMs: 7000 }),
      aRequest({ durationMs: 3000 }),
    ]);
    expect(slow.list().map(({ durationMs }) => durationMs)).toEqual([7000, 3000, 2000.001]);
  });

  it('are the slowest of all that there were', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { maxLength: 100 }), fc.nat(20), (records, limit) => {
        const durationsMs = records
          .filter(({ outcome, durationMs }) => outcome === 'completed' && durationMs > 2000)
          .map(({ durationMs }) => durationMs)
          .sort((a, b) => b - a);
        const kept = slowRequestsOf(limit, records).list();
        expect(kept.map(({ durationMs }) => durationMs)).toEqual(durationsMs.slice(0, limit));
      }),
      { numRuns: 300 },
    );
  });

  it('are the same ones, however they were split and in whatever order and grouping', () => {
    fc.assert(
      fc.property(fc.array(anySlow, { maxLength: 60 }), anySplit, fc.nat(20), (records, split, limit) => {
        const merged = splitAndMerge(records, split, () => new SlowRequests(limit), record);
        expect(merged.list()).toEqual(slowRequestsOf(limit, records).list());
      }),
      { numRuns: 500 },
    );
  });

  it('are the same ones in whatever order they were recorded', () => {
    fc.assert(
      fc.property(fc.array(anySlow, { maxLength: 60 }), fc.nat(20), (records, limit) => {
        const backwards = slowRequestsOf(limit, [...records].reverse());
        expect(backwards.list()).toEqual(slowRequestsOf(limit, records).list());
      }),
    );
  });

  it('merged with themselves are there twice', () => {
    const slow = slowRequestsOf(3, [aRequest({ durationMs: 5000 }), aRequest({ durationMs: 4000 })]);
    slow.merge(slow);
    expect(slow.list().map(({ durationMs }) => durationMs)).toEqual([5000, 5000, 4000]);
  });

  it('are copies with every field, and with nothing else of the caller', () => {
    const request = { ...aRequest({ durationMs: 5000, user: 'u', traceId: 't', status: 503 }), request: {} };
    const slow = slowRequestsOf(1, [request]);
    const { request: _gone, ...fields } = request;
    request.route = '/changed';
    expect(slow.list()).toEqual([fields]);
    expect(Object.keys(slow.list()[0]!)).not.toContain('request');
  });

  it.each([-1, 1000, 200.5, Number.NaN])('have a status of %d as 0', (status) => {
    expect(slowRequestsOf(1, [aRequest({ durationMs: 5000, status })]).list()[0]?.status).toBe(0);
  });

  it('are listed in an array of the caller’s own', () => {
    const slow = slowRequestsOf(2, [aRequest({ durationMs: 5000 })]);
    slow.list().pop();
    expect(slow.list()).toHaveLength(1);
  });
});

function record(slow: SlowRequests, request: RequestRecord): void {
  slow.record(request);
}

function slowRequestsOf(limit: number, records: readonly RequestRecord[]): SlowRequests {
  const slow = new SlowRequests(limit);
  for (const one of records) slow.record(one);
  return slow;
}
