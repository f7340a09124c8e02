import { availableParallelism } from 'node:os';
import { type EventLoopUtilization, performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import { threadId } from 'node:worker_threads';
import type { RuntimeSample } from '@tacho/core';
import { ActiveResources } from './active-resources.ts';
import { GarbageCollections } from './garbage-collections.ts';
import { LoopDelays } from './loop-delays.ts';

/** At a sample each ten seconds, 1 % of the time at the worst. */
const MOST_COLLECTIONS = 1000;

/** What grows for as long as the process runs. */
interface Totals {
  readonly atMs: number;
  readonly cpuUs: number;
  readonly loop: EventLoopUtilization;
}

/** Samples the runtime of this thread. The first sample is of the time since the sampler was made. */
export class RuntimeSampler {
  readonly #collections = new GarbageCollections({ most: MOST_COLLECTIONS });
  readonly #delays = new LoopDelays();
  readonly #resources = new ActiveResources();
  readonly #processors = availableParallelism();
  #before = totals();

  /**
   * Takes about a tenth of a second, and all but the delays is of its end. One sample at a time. Rejects where the
   * system does not say what it is asked.
   *
   * @returns makes the sample, which is of the moment of that call
   */
  async prepare(): Promise<(timestampMs: number) => RuntimeSample> {
    const delays = await this.#delays.read();
    return (timestampMs) => {
      const before = this.#before;
      const now = totals();
      this.#before = now;
      const { rss, heapUsed, external } = process.memoryUsage();
      const collections = this.#collections.read();
      return {
        startMs: performance.timeOrigin,
        pid: process.pid,
        threadId,
        timestampMs,
        uptimeUs: microseconds(process.uptime() * 1000),
        residentBytes: rss,
        heapUsedBytes: heapUsed,
        heapLimitBytes: getHeapStatistics().heap_size_limit,
        externalBytes: external,
        activeResources: this.#resources.readTotal(),
        processors: this.#processors,
        samples: 1,
        intervalUs: microseconds(now.atMs - before.atMs),
        cpuUs: now.cpuUs - before.cpuUs,
        loopActiveUs: microseconds(now.loop.active - before.loop.active),
        gcCount: collections.count,
        gcPauseUs: microseconds(collections.pauseMs),
        gcWatchedUs: microseconds(collections.watchedMs),
        gcLongestUs: microseconds(collections.longestMs),
        loopDelayP50Us: microseconds(delays.p50Ns / 1e6),
        loopDelayP99Us: microseconds(delays.p99Ns / 1e6),
        loopDelayMaxUs: microseconds(delays.maxNs / 1e6),
      };
    };
  }

  stop(): void {
    this.#collections.stop();
    this.#delays.stop();
  }
}

function totals(): Totals {
  const { user, system } = process.cpuUsage();
  return { atMs: performance.now(), cpuUs: user + system, loop: performance.eventLoopUtilization() };
}

function microseconds(ms: number): number {
  return Math.max(0, Math.round(ms * 1000));
}
