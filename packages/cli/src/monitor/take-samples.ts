import { CommandError } from '../command-error.ts';
import type { CommandClock } from '../environment.ts';
import type { Progress } from './progress.ts';
import type { ReportSource } from './report-source.ts';
import type { Sample } from './sample.ts';
import { dueMs, nextIndex, type SamplingPlan, sampleCount } from './sampling.ts';

export interface TakenSample {
  sample: Sample;
  progress: Progress;
}

/**
 * The samples of a run, each when it is due. One that fails is a missed sample, but for the first.
 * @throws what the first sample failed with, for then there is nothing to wait for; the reason of `stop` once
 * that is aborted
 */
export async function* takeSamples(
  plan: SamplingPlan,
  source: Pick<ReportSource, 'reports'>,
  clock: CommandClock,
  stop: AbortSignal,
): AsyncGenerator<TakenSample> {
  const startMs = clock.elapsedMs();
  const elapsedMs = () => clock.elapsedMs() - startMs;
  const next = (index: number) => nextIndex(plan, index, elapsedMs());

  for (let index: number | undefined = 0; index !== undefined; index = next(index)) {
    await clock.waitUntil(startMs + dueMs(plan, index), stop);
    const sample = await take(index);
    const following = next(index);
    const nextMs = following === undefined ? undefined : clock.now() + dueMs(plan, following) - elapsedMs();
    yield { sample, progress: { sample: index + 1, samples: sampleCount(plan), nextMs } };
  }

  async function take(index: number): Promise<Sample> {
    const timestampMs = clock.now();
    try {
      return { timestampMs, reports: await source.reports(stop) };
    } catch (error) {
      stop.throwIfAborted();
      if (index === 0 || !(error instanceof CommandError)) throw error;
      return { timestampMs, missed: error.message };
    }
  }
}
