import { createHistogram } from 'node:perf_hooks';
import { ready } from '../../../test/side-channel.ts';
import { Caller } from './caller.ts';
import { REQUESTS } from './requests.ts';

/**
 * The load as a program: keep-alive connections, each with one request under way at all times. It is asked to
 * warm the service up and then to measure; in between, and at the end, it waits until every reply is here, so that
 * what the service used up meanwhile belongs to just the requests that were counted.
 */
const { port, connections, warmUp, measure } = JSON.parse(process.argv[2] ?? '') as LoadOptions;

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly warmUp: Extent;
  readonly measure: Extent;
}

/** How much is sent. */
export type Extent = { readonly seconds: number } | { readonly requests: number };

export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
}

const LONGEST_MICROS = 60_000_000;

const callers = await Promise.all(
  Array.from({ length: connections }, (_, index) =>
    Caller.open(port, { requests: REQUESTS, first: Math.floor((index * REQUESTS.length) / connections) }),
  ),
);

async function send(extent: Extent): Promise<LoadResult> {
  const latencies = createHistogram({ lowest: 1, highest: LONGEST_MICROS, figures: 3 });
  const startMs = performance.now();
  const endMs = 'seconds' in extent ? startMs + 1000 * extent.seconds : Number.POSITIVE_INFINITY;
  let left = 'requests' in extent ? extent.requests : Number.POSITIVE_INFINITY;
  const mayGoOn = (nowMs: number): boolean => nowMs < endMs && left-- > 0;
  const onReply = (durationMs: number): void => latencies.record(Math.max(1, Math.round(durationMs * 1000)));
  await Promise.all(callers.map((caller) => caller.call(mayGoOn, onReply)));
  return {
    requests: latencies.count,
    requestsPerSecond: latencies.count / ((performance.now() - startMs) / 1000),
    p99Ms: latencies.percentile(99) / 1000,
  };
}

ready({}, { 'warm up': () => send(warmUp), measure: () => send(measure) });
