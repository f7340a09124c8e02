import { parseInstant, REVIEW_PERIODS } from '@tacho/api-contract';
import { type ReviewPeriod, type ReviewReport, SECOND_MS } from '@tacho/core';
import { reviewHtml, reviewText } from '@tacho/review';
import type { Command } from 'commander';
import { usageError } from '../command-error.ts';
import { commandLine } from '../command-line.ts';
import type { Environment } from '../environment.ts';
import { REPORT_EXIT_CODES_HELP } from '../exit-codes.ts';
import { replaceFile } from '../replace-file.ts';
import { type AskedReview, reviewOfStore } from '../report/read-review.ts';
import { reviewQuery } from '../report/review-query.ts';
import { type ServiceOptions, serviceClient, withServiceOptions } from '../service-options.ts';
import { quoted } from '../shown.ts';
import { namedFile, storeFile } from '../store-file.ts';

interface ReportOptions extends ServiceOptions {
  period: string;
  ending?: string;
  current?: true;
  format?: string;
  json?: true;
  output?: string;
  store?: string | true;
}

const FORMATS = ['text', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

/** A month takes the service some seconds, and it may be busy. */
const TIMEOUT_MS = 60 * SECOND_MS;

const DESCRIPTION = [
  'Review the last day, week or month that is over: its figures, what changed since the one before, the slowest',
  'endpoints, most errors, the heaviest users, and where CPU, memory and disk are going.',
  'A day is a UTC day, a week goes from Monday to Sunday, a month is one of the calendar.',
  'It is asked of a running service, or with --store made of a file.',
].join(' ');

const EXAMPLES = `Examples:
  Last week, the token from the environment:
    TACHO_ADMIN_TOKEN=... tacho report --period week
  Today so far, of a store's file, whether or not a service runs:
    tacho report --period day --current --store .tacho/tacho.db
  In a crontab, which mails what is printed: each day at six, and a page each Monday
    0 6 * * * cd /srv/app && npx tacho report --period day
    0 6 * * 1 cd /srv/app && npx tacho report --period week --format html --output week.html
  How it is going, each six hours:
    0 */6 * * * cd /srv/app && npx tacho report --period day --current`;

export function reportCommand(environment: Environment): Command {
  const command = commandLine('report', environment)
    .summary('review a day, a week or a month')
    .description(DESCRIPTION)
    .option('--period <period>', `${REVIEW_PERIODS.join(', ')}`, REVIEW_PERIODS[0])
    .option(
      '--ending <time>',
      'the last that was over then: a date such as 2026-02-01, or a time in ISO 8601',
    )
    .option('--current', 'the one that is still running')
    .option('--format <format>', `${FORMATS.join(', ')} (default: "text")`)
    .option('--json', 'the same as --format json')
    .option('--output <file>', 'write it there, in place of what is there; else it is printed')
    .option(
      '--store [file]',
      "read the store's file; without one TACHO_STORE says it, else .tacho/tacho.db here",
    );
  return withServiceOptions(command)
    .addHelpText('after', `\n${EXAMPLES}\n\n${REPORT_EXIT_CODES_HELP}`)
    .action((options: ReportOptions) => report(options, environment));
}

async function report(options: ReportOptions, environment: Environment): Promise<void> {
  const asked = askedOf(options);
  const format = formatOf(options);
  const output =
    options.output === undefined ? undefined : namedFile('--output', options.output, environment.folder);
  const review = await reviewOf(asked, options, environment);
  const text = rendered(review, format);
  if (output === undefined) environment.stdout.write(text);
  else await replaceFile(output, text);
}

async function reviewOf(
  asked: AskedReview,
  { store, ...service }: ReportOptions,
  environment: Environment,
): Promise<ReviewReport> {
  if (store !== undefined) {
    if (service.url !== undefined || service.tokenFile !== undefined)
      throw usageError('--store reads a file: expected it without --url and --token-file');
    return reviewOfStore(storeFile(store === true ? undefined : store, environment), asked, environment);
  }
  const client = await serviceClient(service, TIMEOUT_MS, environment);
  return client.review(reviewQuery(asked), environment.interrupted);
}

function askedOf({ period, ending, current }: ReportOptions): AskedReview {
  if (!isPeriod(period))
    throw usageError(`--period ${quoted(period)}: expected one of ${REVIEW_PERIODS.join(', ')}`);
  const endingMs = ending === undefined ? undefined : parseInstant(ending);
  if (ending !== undefined && endingMs === undefined)
    throw usageError(`--ending ${quoted(ending)}: expected a date such as 2026-02-01, or a time in ISO 8601`);
  if (current === true && ending !== undefined)
    throw usageError('--current is of the one that runs: expected it without --ending');
  return { period, endingMs, isCurrent: current === true };
}

function formatOf({ format, json }: ReportOptions): Format {
  if (json === true && format !== undefined && format !== 'json')
    throw usageError(`--json and --format ${quoted(format)}: expected one of them`);
  const known = FORMATS.find((one) => one === (format ?? (json === true ? 'json' : 'text')));
  if (known === undefined)
    throw usageError(`--format ${quoted(format ?? '')}: expected one of ${FORMATS.join(', ')}`);
  return known;
}

function rendered(review: ReviewReport, format: Format): string {
  if (format === 'json') return `${JSON.stringify(review, null, 2)}\n`;
  const of = { service: undefined };
  return format === 'html' ? reviewHtml(review, of) : reviewText(review, of);
}

function isPeriod(text: string): text is ReviewPeriod {
  return (REVIEW_PERIODS as readonly string[]).includes(text);
}
