import { resolve } from 'node:path';
import { SECOND_MS } from '@tacho/core';
import { type FileSealer, Keyring } from '@tacho/store';
import { type Command, Option } from 'commander';
import { usageError } from '../command-error.ts';
import { commandLine } from '../command-line.ts';
import { encryptionKeys } from '../encryption-keys.ts';
import type { Environment } from '../environment.ts';
import { MONITOR_EXIT_CODES_HELP } from '../exit-codes.ts';
import { chooseSource, type SourceOptions } from '../monitor/choose-source.ts';
import { runMonitor } from '../monitor/monitor-run.ts';
import { wholeNumber, wholeSeconds } from '../numbers.ts';
import { withServiceOptions } from '../service-options.ts';
import { quoted } from '../shown.ts';

interface MonitorOptions extends SourceOptions {
  interval: number;
  duration: number;
  save?: string | true;
  json?: true;
}

const DEFAULT_SECONDS = 60;
const MAX_INTERVAL_SECONDS = 86_400;
const MAX_DURATION_SECONDS = 31_536_000;
const MAX_HOURS = 720;

const DESCRIPTION = [
  'Watch a running service over its admin API: a sample at once, one each interval, the last at the end.',
  'A terminal gets a screen that obeys keys, of which ? shows a list; a pipe gets a line for each sample.',
  'With --save and no terminal nothing is printed unless something goes wrong.',
  'With a key in TACHO_ENCRYPTION_KEY, or in the file of TACHO_ENCRYPTION_KEY_FILE, the saved file is encrypted:',
  'its name ends in .json.enc, and tacho decrypt prints it.',
].join(' ');

const EXAMPLES = `Examples:
  A minute, the token from the environment:
    TACHO_ADMIN_TOKEN=... tacho monitor
  An hour at another address, the token from a file:
    tacho monitor --interval 10 --duration 3600 --url https://admin.example.org --token-file token.txt
  What a service that has ended left behind, once:
    tacho monitor --store .tacho/tacho.db --hours 72 --duration 1
  In a CI job, which fails if the service does:
    npx tacho monitor --interval 5 --duration 60
  In a crontab, which mails if the service is gone:
    0 */6 * * * cd /srv/app && npx tacho monitor --save`;

export function monitorCommand(environment: Environment): Command {
  const command = commandLine('monitor', environment)
    .alias('monitor_performance')
    .summary('watch a running service')
    .description(DESCRIPTION)
    .addOption(secondsOption('--interval', 'between samples', MAX_INTERVAL_SECONDS))
    .addOption(secondsOption('--duration', 'from the first sample to the last', MAX_DURATION_SECONDS))
    .option('--save [folder]', 'save what was seen as tacho-metrics-<UTC>.json, here or there')
    .option('--json', 'print a JSON object for each sample, one a line');
  return withServiceOptions(command)
    .option(
      '--store [file]',
      "read a store's file instead, with or without a service; else TACHO_STORE says it, else it is .tacho/tacho.db here",
    )
    .addOption(
      new Option('--hours <hours>', 'how far back to look in a file, 1 to 720; 24 unless given').argParser(
        wholeHours,
      ),
    )
    .addHelpText('after', `\n${EXAMPLES}\n\n${MONITOR_EXIT_CODES_HELP}`)
    .action((options: MonitorOptions) => monitor(options, environment));
}

async function monitor(options: MonitorOptions, environment: Environment): Promise<void> {
  const saveFolder = saveFolderOf(options.save, environment.folder);
  const plan = { intervalMs: options.interval * SECOND_MS, durationMs: options.duration * SECOND_MS };
  const use = { intervalMs: plan.intervalMs, withDistributions: saveFolder !== undefined };
  const { source, origin } = await chooseSource(options, use, environment);
  const sealer = saveFolder === undefined ? undefined : sealerOf(environment);
  const json = options.json === true;
  await runMonitor({ source, origin, plan, json, saveFolder, sealer }, environment);
}

/** @returns undefined where no key is given */
function sealerOf(environment: Environment): FileSealer | undefined {
  const keys = encryptionKeys(environment);
  return keys.length === 0 ? undefined : Keyring.of(keys).fileSealer();
}

function secondsOption(name: string, meaning: string, maxSeconds: number): Option {
  return new Option(`${name} <seconds>`, `${meaning}, 1 to ${maxSeconds}`)
    .argParser(wholeSeconds(name, 1, maxSeconds))
    .default(DEFAULT_SECONDS);
}

function wholeHours(text: string): number {
  const hours = wholeNumber(text, 1, MAX_HOURS);
  if (hours === undefined)
    throw usageError(`--hours ${quoted(text)}: expected whole hours from 1 to ${MAX_HOURS}`);
  return hours;
}

/** @returns undefined where nothing is to be saved */
function saveFolderOf(option: string | true | undefined, folder: string): string | undefined {
  if (option === '') throw usageError('--save "": expected a folder, or nothing for this one');
  return option === undefined ? undefined : resolve(folder, option === true ? '.' : option);
}
