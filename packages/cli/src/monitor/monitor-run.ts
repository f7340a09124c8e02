import { SECOND_MS } from '@tacho/core';
import type { FileSealer } from '@tacho/store';
import { failure } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { escapeControls } from '../escape.ts';
import { chooseView } from './choose-view.ts';
import type { ReportSource } from './report-source.ts';
import { isMissed } from './sample.ts';
import { type SamplingPlan, sampleCount } from './sampling.ts';
import { openSnapshotFile, type SnapshotFile } from './snapshot-file.ts';
import { takeSamples } from './take-samples.ts';
import { SEEN_ENOUGH } from './view.ts';

export interface MonitorSettings {
  source: ReportSource;
  /** What is saved says of itself where it is from. */
  origin: Readonly<Record<string, string | number>>;
  plan: SamplingPlan;
  json: boolean;
  /** Where to save what was seen; undefined for nowhere. */
  saveFolder: string | undefined;
  /** Encrypts what is saved; undefined for the clear. */
  sealer: FileSealer | undefined;
}

/** By how much a run that came to its end, or to the one that was asked for, fell short. */
interface Shortfall {
  missed: number;
  /** Why the last missed sample was. */
  reason: string;
  /** Samples that came due while this process did not run. */
  skipped: number;
  /** Of this many. */
  count: number;
}

/**
 * Watches until the last sample. A reader who closes the output ends it too, unless there is a file to fill.
 * @throws `CommandError` for whatever went wrong; for missed samples once everything else is done
 */
export async function runMonitor(settings: MonitorSettings, environment: Environment): Promise<void> {
  const { stdout, stderr, interrupted } = environment;
  const file = await openFile(settings, environment);
  const stop = file === undefined ? AbortSignal.any([interrupted, stdout.closed]) : interrupted;
  try {
    const { missed, reason, skipped, count } = await watch(settings, environment, stop, file);
    if (file !== undefined) {
      const path = await file.save(skipped);
      const told = settings.json ? stderr : stdout;
      if (stdout.isTerminal) told.write(`saved ${escapeControls(path)}\n`);
    }
    if (skipped > 0)
      stderr.write(`tacho: ${skipped} of ${count} samples skipped: this process was held up\n`);
    if (missed > 0) throw failure(`${missed} of ${count} samples missed: ${reason}`);
  } finally {
    await settings.source.close();
    await file?.discard();
  }
}

async function openFile(
  settings: MonitorSettings,
  { clock }: Environment,
): Promise<SnapshotFile | undefined> {
  const { saveFolder, origin, plan, sealer } = settings;
  if (saveFolder === undefined) return undefined;
  const saved = {
    ...origin,
    interval_seconds: plan.intervalMs / SECOND_MS,
    duration_seconds: plan.durationMs / SECOND_MS,
  };
  return await openSnapshotFile(saveFolder, clock.now(), saved, sealer);
}

async function watch(
  settings: MonitorSettings,
  environment: Environment,
  stop: AbortSignal,
  file: SnapshotFile | undefined,
): Promise<Shortfall> {
  const { source, plan, json } = settings;
  const { clock } = environment;
  const view = chooseView({ source, json, saving: file !== undefined }, environment);
  const count = sampleCount(plan);
  const shortfall = { missed: 0, reason: '', skipped: count, count };
  const ended = view?.ended === undefined ? stop : AbortSignal.any([stop, view.ended]);
  try {
    for await (const { sample, progress } of takeSamples(plan, source, clock, ended)) {
      shortfall.skipped -= 1;
      if (isMissed(sample)) {
        shortfall.missed += 1;
        shortfall.reason = sample.missed;
      }
      view?.show(sample, progress);
      await file?.add(sample);
    }
    return shortfall;
  } catch (error) {
    if (error !== SEEN_ENOUGH) throw error;
    // What was not taken by then was not due.
    return { ...shortfall, skipped: 0, count: count - shortfall.skipped };
  } finally {
    view?.close();
  }
}
