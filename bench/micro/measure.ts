import { GCProfiler } from 'node:v8';
import { percentile } from '../store/table.ts';

/** What is measured, many times in a row. */
export interface Operation {
  readonly name: string;
  /** How often in a round: so often that the clock does not count, so seldom that no garbage is collected. */
  readonly times: number;
  /** Before each round, not measured. */
  readonly prepare?: () => void;
  readonly run: (times: number) => void;
}

/** Of one operation. */
export interface Figures {
  readonly name: string;
  /** How often it was measured. */
  readonly times: number;
  /** Nanoseconds: of a middling round, and of the quickest. */
  readonly medianNs: number;
  readonly leastNs: number;
  /** Bytes allocated in a middling round, on V8's heap or for buffers. NaN where every round saw a collection. */
  readonly medianBytes: number;
}

/** Until then V8 compiles now and again. */
const WARM_UP_MS = 1500;

interface Round {
  readonly ns: number;
  readonly bytes: number;
}

/** In rounds, in each of which every operation has its turn: what slows the machine down for a while slows all. */
export function measure(operations: readonly Operation[], rounds: number): Figures[] {
  const idle = measuringBytes();
  for (const operation of operations) {
    const until = performance.now() + WARM_UP_MS;
    while (performance.now() < until) measured(operation, idle);
  }
  const all = operations.map((): Round[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, operation] of operations.entries()) all[index]!.push(measured(operation, idle));
  }
  return operations.map(({ name, times }, index) => {
    const ns = all[index]!.map((round) => round.ns);
    const bytes = all[index]!.map((round) => round.bytes).filter(Number.isFinite);
    return {
      name,
      times: times * rounds,
      medianNs: percentile(ns, 0.5),
      leastNs: Math.min(...ns),
      medianBytes: percentile(bytes, 0.5),
    };
  });
}

/** @param idleBytes what measuring allocates itself */
function measured({ times, prepare, run }: Operation, idleBytes: number): Round {
  prepare?.();
  collectGarbage();
  const collections = new GCProfiler();
  collections.start();
  const bytesBefore = allocatedBytes();
  const startedAt = performance.now();
  run(times);
  const ns = (performance.now() - startedAt) * 1e6;
  const bytes = allocatedBytes() - bytesBefore - idleBytes;
  const isCollected = collections.stop().statistics.length > 0;
  return { ns: ns / times, bytes: isCollected ? Number.NaN : Math.max(0, bytes) / times };
}

function measuringBytes(): number {
  const nothing = { name: '', times: 1, run: () => {} };
  return percentile(
    Array.from({ length: 101 }, () => measured(nothing, 0).bytes),
    0.5,
  );
}

/** Twice: the buffers that the first collection finds unreachable are let go by the time of the second. */
export function collectGarbage(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}

export function allocatedBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
