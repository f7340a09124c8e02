import { SECOND_MS } from '@tacho/core';
import { AdminClient } from '../admin-client.ts';
import { CommandError } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { type Distributions, measuredBetween } from '../measured-slice.ts';
import { dueMs, nextIndex, type SamplingPlan } from '../monitor/sampling.ts';
import { type MeasuredRun, measuredRun, type Stretch } from './measured-run.ts';

/** A running service. */
export interface Service {
  /** Without a slash at the end. */
  url: string;
  token: string | undefined;
}

interface Look {
  timeMs: number;
  /** In the order of the services. */
  seen: readonly Distributions[];
}

const SLICES = 20;
const MIN_INTERVAL_MS = 250;
const TIMEOUT_MS = 10 * SECOND_MS;

/**
 * What services measure meanwhile: all of them are looked at in the same moments, so that their slices belong together.
 * A look that fails makes a slice longer, but for the first.
 * @throws what the first look failed with, or the last where no other came; the reason of `interrupted` once that is
 * aborted
 */
export async function liveRuns(
  services: readonly Service[],
  durationMs: number,
  { clock, fetch, interrupted: stop }: Pick<Environment, 'clock' | 'fetch' | 'interrupted'>,
): Promise<MeasuredRun[]> {
  const plan = { durationMs, intervalMs: Math.max(MIN_INTERVAL_MS, durationMs / SLICES) };
  const clients = services.map(
    ({ url, token }) => new AdminClient({ url, token, timeoutMs: TIMEOUT_MS, fetch, clock }),
  );
  const looks: Look[] = [];
  let failure: CommandError | undefined;
  for await (const _moment of momentsOf(plan)) {
    try {
      const timeMs = clock.now();
      looks.push({ timeMs, seen: await Promise.all(clients.map((client) => client.distributions(stop))) });
    } catch (error) {
      stop.throwIfAborted();
      if (looks.length === 0 || !(error instanceof CommandError)) throw error;
      failure = error;
    }
  }
  if (looks.length < 2 && failure !== undefined) throw failure;
  return services.map(({ url }, index) => measuredRun(url, stretchesOf(looks, index)));

  async function* momentsOf(sampling: SamplingPlan): AsyncGenerator<number> {
    const startMs = clock.elapsedMs();
    for (let index: number | undefined = 0; index !== undefined; ) {
      await clock.waitUntil(startMs + dueMs(sampling, index), stop);
      yield index;
      index = nextIndex(sampling, index, clock.elapsedMs() - startMs);
    }
  }
}

function stretchesOf(looks: readonly Look[], service: number): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, now] of looks.entries()) {
    const before = looks[index - 1];
    const endpoints = before && measuredBetween(before.seen[service]!, now.seen[service]!);
    if (endpoints) stretches.push({ startMs: before.timeMs, endMs: now.timeMs, endpoints });
  }
  return stretches;
}
