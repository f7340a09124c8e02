import { withLoad } from './load.ts';
import { type RunOptions, withVariant } from './service.ts';
import type { Variant } from './variant.ts';

const CONNECTIONS = 32;
const LONGEST_WARM_UP_SECONDS = 2;

/** What one variant showed in one round. */
export interface Cell {
  /** Of the service's process, user and system. */
  readonly cpuMicrosPerRequest: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
  readonly rssBytes: number;
  readonly startMs: number;
  /** Of all requests, how many were exported as a span; undefined where none are to be. */
  readonly exportedShare: number | undefined;
}

/** A fresh process with the variant in it, warmed up and then measured for some seconds. */
export function measureCell(variant: Variant, seconds: number, options: RunOptions): Promise<Cell> {
  const warmUp = { seconds: Math.min(LONGEST_WARM_UP_SECONDS, seconds / 2) };
  return withVariant(variant, options, (running) => {
    const load = { port: running.port, connections: CONNECTIONS, warmUp, measure: { seconds } };
    return withLoad(load, options.cores, async ({ warmUp, measure }) => {
      await warmUp();
      const before = await running.usage();
      const spansBefore = variant.exportsSpans && (await running.spans());
      const { requests, requestsPerSecond, p99Ms } = await measure();
      const after = await running.usage();
      const spans = spansBefore !== undefined ? (await running.spans()) - spansBefore : undefined;
      return {
        cpuMicrosPerRequest: (after.cpuMicros - before.cpuMicros) / requests,
        p99Ms,
        requestsPerSecond,
        rssBytes: after.rssBytes,
        startMs: await running.startMs(),
        exportedShare: spans === undefined ? undefined : spans / requests,
      };
    });
  });
}
