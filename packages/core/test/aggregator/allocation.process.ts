/**
 * Ten million requests of 200 endpoints, in one record that is filled anew for each. Run with `--expose-gc` and a
 * young generation that is never collected meanwhile; prints as JSON what is asserted of it.
 */
import { GCProfiler } from 'node:v8';
import { Aggregator } from '../../src/aggregator.ts';
import type { Outcome, RequestRecord } from '../../src/record.ts';

const WARM_UP = 3_000_000;
const RECORDS = 10_000_000;
const ENDPOINTS = 200;
const USERS = 100;
/** Has no divisor in common with the number of endpoints, so that each of them meets every latency. */
const LATENCIES = 9973;

/** As a server's hooks have it: times are floats from the start, and the trace is asked for when it is wanted. */
class ReusedRecord implements RequestRecord {
  startMs = 0.1;
  durationMs = 0.1;
  method = '';
  route = '';
  status = 0;
  outcome: Outcome = 'completed';
  user: string | undefined = undefined;
  get traceId(): string | undefined {
    throw new Error('Nobody is to ask for the trace of a request that is not slow');
  }
}

const record = new ReusedRecord();
const routes = Array.from({ length: ENDPOINTS }, (_, index) => `/api/v1/resource-${index >> 1}/{id}`);
const users = Array.from({ length: USERS }, (_, index) => `k1-${index.toString(16).padStart(32, '0')}`);
const latenciesMs = Float64Array.from({ length: LATENCIES }, (_, index) => 0.5 * 3999 ** (index / LATENCIES));

const aggregator = new Aggregator({ nowMs: Date.now() });
let recorded = 0;

/** Every other endpoint has users. */
function recordEachEndpoint(): void {
  for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
    recorded++;
    record.startMs = 1_752_889_345_000.25;
    record.durationMs = latenciesMs[recorded % LATENCIES]!;
    record.method = endpoint % 2 === 0 ? 'GET' : 'POST';
    record.route = routes[endpoint]!;
    record.status = recorded % 101 === 0 ? 500 : 200;
    record.user = endpoint % 2 === 0 ? undefined : users[recorded % USERS];
    aggregator.record(record);
  }
}

/** @returns how much was allocated meanwhile */
function bytesAllocatedFor(requests: number): number {
  const before = process.memoryUsage();
  const end = recorded + requests;
  while (recorded < end) recordEachEndpoint();
  const after = process.memoryUsage();
  return after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers;
}

function heldBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

bytesAllocatedFor(WARM_UP);
const heldBefore = heldBytes();
const collections = new GCProfiler();
collections.start();
const bytes = bytesAllocatedFor(RECORDS);
const collected = collections.stop().statistics.length;
console.log(
  JSON.stringify({
    bytesARecord: bytes / RECORDS,
    collected,
    grownBytes: heldBytes() - heldBefore,
    counted: aggregator.live.endpoints.total().total,
  }),
);
