import { Aggregator, encodeWindow } from '@tacho/core';
import { TrafficGenerator } from './generator.ts';
import { percentile } from './table.ts';

const WARM_UP = 200;
const TIMES = 2000;

/** What a flush costs the main thread: to put a fresh window in the live one's place, and to encode that. */
export function flushTimes(endpoints: number): { p50: number; p99: number; p999: number; max: number } {
  const traffic = new TrafficGenerator(endpoints);
  const windows = Array.from({ length: 20 }, (_, n) => traffic.window(n * 10_000, 10_000));
  const ms: number[] = [];
  for (let n = 0; n < WARM_UP + TIMES; n++) {
    const aggregator = new Aggregator({ nowMs: 0 });
    const startedAt = performance.now();
    aggregator.seal(10_000);
    encodeWindow(windows[n % windows.length]!);
    if (n >= WARM_UP) ms.push(performance.now() - startedAt);
  }
  return {
    p50: rounded(percentile(ms, 0.5)),
    p99: rounded(percentile(ms, 0.99)),
    p999: rounded(percentile(ms, 0.999)),
    max: rounded(Math.max(...ms)),
  };
}

function rounded(ms: number): number {
  return Number(ms.toFixed(3));
}
