import { SECOND_MS } from '@tacho/core';
import { type Command, Option } from 'commander';
import { adminToken } from '../admin-token.ts';
import { adminUrl, checkedUrl } from '../admin-url.ts';
import { requireLimits } from '../check/check-plan.ts';
import { limitOptions } from '../check/limit-options.ts';
import { type RunsSource, runCheck } from '../check/run-check.ts';
import { usageError } from '../command-error.ts';
import { commandLine } from '../command-line.ts';
import type { Environment } from '../environment.ts';
import { CHECK_EXIT_CODES_HELP } from '../exit-codes.ts';
import { wholeSeconds } from '../numbers.ts';
import { withTokenOptions } from '../service-options.ts';
import { quoted } from '../shown.ts';

interface CheckOptions {
  baseline?: string[];
  url?: string;
  baselineUrl?: string;
  duration?: number;
  tokenFile?: string;
  json?: true;
  junit?: string;
}

const DEFAULT_SECONDS = 60;
const MAX_SECONDS = 86_400;
const MAX_FILES = 100;

const DESCRIPTION = [
  'Pass or fail a build by what its service measured under load: against fixed limits, and against another build.',
  'The files are of tacho monitor --save; without one the service at --url is watched for --duration.',
  'Limits before the first --endpoint hold for all that are named, those after one for that one; where none is named,',
  'for all endpoints together. A baseline is compared endpoint by endpoint: what is slower fails only where the whole',
  'confidence interval is past the limit, and passes only where it all is within.',
].join(' ');

const DETAILS = `
Examples:
  tacho check metrics.json --max-p95 300ms --max-error-rate 1% --endpoint 'GET /orders/{id}'
  Against another build, both measured side by side:
    tacho check --url http://127.0.0.1:9798 --baseline-url http://127.0.0.1:9797 --duration 60
  Pairs of runs, one after the other, in their order:
    tacho check b1.json b2.json b3.json --baseline a1.json a2.json a3.json --max-slowdown 10%
  In a CI job, for its test reports:
    npx tacho check metrics.json --max-p95 300ms --junit tacho-check.xml

An encrypted file ends in .enc; its key is read from TACHO_ENCRYPTION_KEY or TACHO_ENCRYPTION_KEY_FILE.
Where GITHUB_STEP_SUMMARY is set, the summary of the job gets a table.

${CHECK_EXIT_CODES_HELP}`;

export function checkCommand(environment: Environment): Command {
  const command = commandLine('check', environment)
    .summary('pass or fail a build by what its service measured')
    .description(DESCRIPTION)
    .argument('[files...]', 'what is to be judged, of tacho monitor --save')
    .option('--baseline <files...>', 'what to compare with: as many files, each with the one at its place')
    .option(
      '--url <url>',
      'watch this service in place of files; else TACHO_ADMIN_HOST and TACHO_ADMIN_PORT say it',
    )
    .option('--baseline-url <url>', 'watch this one beside it, and compare them')
    .addOption(
      new Option(
        '--duration <seconds>',
        `how long to watch, 1 to ${MAX_SECONDS}; else ${DEFAULT_SECONDS}`,
      ).argParser(wholeSeconds('--duration', 1, MAX_SECONDS)),
    );
  const plan = limitOptions(command);
  command.option('--json', 'print a JSON object').option('--junit <file>', 'write JUnit XML there');
  return withTokenOptions(command)
    .addHelpText('after', DETAILS)
    .action(async (files: string[], options: CheckOptions) => {
      const source =
        files.length > 0 || options.baseline
          ? filesOf(files, options)
          : await servicesOf(options, environment);
      const isCompared = source.kind === 'files' ? source.baseline.length > 0 : source.baseline !== undefined;
      if (!isCompared) requireLimits(plan());
      const { junit } = options;
      if (junit === '') throw usageError('--junit "": expected a file');
      await runCheck({ source, plan: plan(), json: options.json === true, junit }, environment);
    });
}

function filesOf(current: string[], options: CheckOptions): RunsSource {
  const { baseline = [], url, baselineUrl, duration, tokenFile } = options;
  const live = {
    '--url': url,
    '--baseline-url': baselineUrl,
    '--duration': duration,
    '--token-file': tokenFile,
  };
  const [other] = Object.entries(live).find(([, value]) => value !== undefined) ?? [];
  if (other !== undefined)
    throw usageError(`${other} is for services, not for files: expected one or the other`);
  if (current.length === 0) {
    throw usageError('no file to judge: give it before --baseline, which takes all that follow');
  }
  if (baseline.length > 0 && baseline.length !== current.length) {
    const found = `${current.length} and ${baseline.length}`;
    throw usageError(`--baseline: expected as many files as there are to judge, found ${found}`);
  }
  const all = [...current, ...baseline];
  if (all.length > MAX_FILES) throw usageError(`expected at most ${MAX_FILES} files, found ${all.length}`);
  if (all.includes('')) throw usageError(`${quoted('')}: expected a file`);
  return { kind: 'files', current, baseline };
}

async function servicesOf(options: CheckOptions, environment: Environment): Promise<RunsSource> {
  const { duration = DEFAULT_SECONDS, baselineUrl } = options;
  const url = adminUrl(options.url, environment);
  const beside = baselineUrl === undefined ? undefined : checkedUrl('--baseline-url', baselineUrl);
  const token = await adminToken(options.tokenFile, environment);
  return {
    kind: 'services',
    current: { url, token },
    baseline: beside === undefined ? undefined : { url: beside, token },
    durationMs: duration * SECOND_MS,
  };
}
