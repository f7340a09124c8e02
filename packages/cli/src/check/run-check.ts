import { appendFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandError, failure } from '../command-error.ts';
import type { Environment } from '../environment.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { failureReason } from '../failure-reason.ts';
import { mayColour, paintWith } from '../paint.ts';
import { painted } from '../screen-line.ts';
import { quoted } from '../shown.ts';
import { type Check, overallVerdict } from './check.ts';
import { checkJson } from './check-json.ts';
import { checkLines } from './check-lines.ts';
import { type CheckPlan, hasThreshold } from './check-plan.ts';
import { comparisonChecks } from './comparisons.ts';
import { githubSummary } from './github-summary.ts';
import { junitXml } from './junit.ts';
import { liveRuns, type Service } from './live-runs.ts';
import type { MeasuredRun } from './measured-run.ts';
import { savedRun } from './saved-run.ts';
import { thresholdChecks } from './thresholds.ts';

/** Where runs come from: files, or services for so long. */
export type RunsSource =
  | { kind: 'files'; current: readonly string[]; baseline: readonly string[] }
  | { kind: 'services'; current: Service; baseline: Service | undefined; durationMs: number };

export interface CheckSettings {
  source: RunsSource;
  plan: CheckPlan;
  json: boolean;
  /** Where to write JUnit XML; undefined for nowhere. */
  junit: string | undefined;
}

interface Runs {
  current: readonly MeasuredRun[];
  /** As many as of `current`, each with the one at the same place; or none. */
  baseline: readonly MeasuredRun[];
}

const EXIT_CODE_OF = {
  pass: EXIT_CODES.ok,
  fail: EXIT_CODES.failed,
  cannot_tell: EXIT_CODES.cannotTell,
} as const;

/** @throws `CommandError` with the verdict's exit code, unless all is well; with another where nothing could be judged */
export async function runCheck(settings: CheckSettings, environment: Environment): Promise<void> {
  const checks = await judged(settings, environment).catch((error) => {
    throw unchecked(error);
  });
  print(checks, settings.json, environment);
  await summarize(checks, environment);
  if (settings.junit !== undefined) await writeJunit(checks, settings.junit, environment);
  const exitCode = EXIT_CODE_OF[overallVerdict(checks)];
  if (exitCode === EXIT_CODES.ok) return;
  await environment.stdout.flush();
  throw new CommandError(exitCode, '');
}

async function judged({ source, plan }: CheckSettings, environment: Environment): Promise<Check[]> {
  const { current, baseline } = await runsOf(source, environment);
  const pairs = current.flatMap((run, index) => {
    const before = baseline[index];
    return before === undefined ? [] : [{ baseline: before, current: run }];
  });
  return [
    ...(hasThreshold(plan) ? thresholdChecks(plan, current) : []),
    ...(pairs.length > 0 ? comparisonChecks(plan, pairs) : []),
  ];
}

async function runsOf(source: RunsSource, environment: Environment): Promise<Runs> {
  if (source.kind === 'services') {
    const { current, baseline, durationMs } = source;
    const services = baseline === undefined ? [current] : [current, baseline];
    const [now, before] = await liveRuns(services, durationMs, environment);
    return { current: [now!], baseline: before === undefined ? [] : [before] };
  }
  const all = (paths: readonly string[]) => Promise.all(paths.map((path) => savedRun(path, environment)));
  const [current, baseline] = await Promise.all([all(source.current), all(source.baseline)]);
  return { current, baseline };
}

/** What is no verdict must not look like one. */
function unchecked(error: unknown): unknown {
  if (!(error instanceof CommandError) || error.exitCode !== EXIT_CODES.failed) return error;
  return new CommandError(EXIT_CODES.unchecked, error.message);
}

function print(checks: readonly Check[], json: boolean, { stdout, variables }: Environment): void {
  if (json) {
    stdout.write(`${JSON.stringify(checkJson(checks))}\n`);
    return;
  }
  const paint = paintWith(stdout.isTerminal && mayColour(variables));
  for (const line of checkLines(checks)) stdout.write(`${painted(line, paint)}\n`);
}

/** For a job of GitHub Actions, which says where. A page that can't be written changes no verdict. */
async function summarize(
  checks: readonly Check[],
  { variables, folder, stderr }: Environment,
): Promise<void> {
  const path = variables.GITHUB_STEP_SUMMARY?.trim();
  if (!path) return;
  try {
    await appendFile(resolve(folder, path), githubSummary(checks));
  } catch (error) {
    stderr.write(`tacho: GITHUB_STEP_SUMMARY=${quoted(path)} can't be written: ${failureReason(error)}\n`);
  }
}

async function writeJunit(checks: readonly Check[], path: string, environment: Environment): Promise<void> {
  try {
    await writeFile(resolve(environment.folder, path), junitXml(checks, environment.clock.now()));
  } catch (error) {
    throw unchecked(failure(`--junit ${quoted(path)} can't be written: ${failureReason(error)}`));
  }
}
