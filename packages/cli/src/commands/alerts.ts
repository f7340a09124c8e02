import type { AlertTestOutcome } from '@tacho/api-contract';
import { type Command, Option } from 'commander';
import { alertsClient } from '../alerts/alerts-client.ts';
import { alertsText } from '../alerts/alerts-text.ts';
import { silenceMinutes } from '../alerts/silence-length.ts';
import { failure } from '../command-error.ts';
import { commandLine } from '../command-line.ts';
import type { Environment } from '../environment.ts';
import { ALERTS_EXIT_CODES_HELP } from '../exit-codes.ts';
import { counted } from '../figures.ts';
import { mayColour, paintWith } from '../paint.ts';
import { type ServiceOptions, withServiceOptions } from '../service-options.ts';
import { shown } from '../shown.ts';

interface ListOptions extends ServiceOptions {
  json?: true;
}

interface SilenceOptions extends ListOptions {
  for: string;
  rule?: string;
  endpoint?: string;
  subject?: string;
  comment?: string;
}

const DESCRIPTION = [
  'What a running service warns of: which alerts fire, since when and from what; which of them nobody is told of.',
  'To silence alerts, and to send a test, the token has to be of an admin.',
].join(' ');

const EXAMPLES = `Examples:
  What fires:
    TACHO_ADMIN_TOKEN=... tacho alerts
  Nothing of one endpoint for two hours, and then again:
    tacho alerts silence --endpoint 'GET /reports/{id}' --for 2h --comment 'known, fixed in 1.5'
    tacho alerts unsilence a1b2c3d4e5f6
  Whether mail and webhooks arrive:
    tacho alerts test`;

/** Wider than any line: what is piped is for programs. */
const NO_TERMINAL_WIDTH = 1_000;
const MAX_SHOWN = 200;

export function alertsCommand(environment: Environment): Command {
  const list = serviceCommand('list', environment)
    .summary('what fires, what resolved, and what is silenced (what alerts does by itself)')
    .action((options: ListOptions) => listAlerts(options, environment));
  const silence = serviceCommand('silence', environment)
    .summary('tell nobody of some alerts for a while')
    .requiredOption('--for <length>', 'such as 30m, 2h or 7d')
    .option('--rule <name>', 'of this rule; else of any')
    .option('--endpoint <endpoint>', "of this endpoint, as 'GET /users/{id}'; else of any")
    .addOption(new Option('--subject <subject>', 'the same, or all, or host').conflicts('endpoint'))
    .option('--comment <text>', 'why')
    .action((options: SilenceOptions) => silenceAlerts(options, environment));
  const unsilence = serviceCommand('unsilence', environment)
    .summary('end a silence')
    .argument('<id>', 'as the list has it')
    .action((id: string, options: ListOptions) => unsilenceAlerts(id, options, environment));
  const test = serviceCommand('test', environment)
    .summary('send a test by mail, webhooks and log, and say what became of it')
    .action((options: ListOptions) => testAlerts(options, environment));
  return commandLine('alerts', environment)
    .summary('what a running service warns of')
    .description(DESCRIPTION)
    .helpCommand(false)
    .addCommand(list, { isDefault: true })
    .addCommand(silence)
    .addCommand(unsilence)
    .addCommand(test)
    .addHelpText('after', `\n${EXAMPLES}\n\n${ALERTS_EXIT_CODES_HELP}`);
}

/** A command below `alerts`, which messages call by both names. */
function serviceCommand(name: string, environment: Environment): Command {
  const command = commandLine(`alerts ${name}`, environment)
    .name(name)
    .option('--json', 'print what the service answers as one JSON object');
  return withServiceOptions(command).addHelpText('after', `\n${ALERTS_EXIT_CODES_HELP}`);
}

async function listAlerts(options: ListOptions, environment: Environment): Promise<void> {
  const { stdout, variables } = environment;
  const client = await alertsClient(options, environment);
  const alerts = await client.alerts();
  const width = stdout.isTerminal ? stdout.columns : NO_TERMINAL_WIDTH;
  const paint = paintWith(stdout.isTerminal && mayColour(variables));
  stdout.write(options.json === true ? json(alerts) : alertsText(alerts, width, paint));
}

async function silenceAlerts(options: SilenceOptions, environment: Environment): Promise<void> {
  const minutes = silenceMinutes(options.for);
  const { rule, comment, subject = options.endpoint } = options;
  const client = await alertsClient(options, environment);
  const silence = await client.silence({
    minutes,
    ...(rule !== undefined && { rule }),
    ...(subject !== undefined && { subject }),
    ...(comment !== undefined && { comment }),
  });
  const told = `silenced until ${silence.until}; tacho alerts unsilence ${shown(silence.id, MAX_SHOWN)} ends it\n`;
  environment.stdout.write(options.json === true ? json(silence) : told);
}

async function unsilenceAlerts(id: string, options: ListOptions, environment: Environment): Promise<void> {
  const client = await alertsClient(options, environment);
  await client.unsilence(id);
  environment.stdout.write(options.json === true ? json({ id, removed: true }) : 'no longer silenced\n');
}

async function testAlerts(options: ListOptions, environment: Environment): Promise<void> {
  const { stdout } = environment;
  const client = await alertsClient(options, environment);
  const outcome = await client.test();
  const { notifiers } = outcome;
  if (notifiers.length === 0)
    throw failure('there is nothing to tell by: mail, webhooks and log are all off');
  stdout.write(options.json === true ? json(outcome) : notifiers.map(outcomeLine).join(''));
  const failed = notifiers.filter(({ sent }) => !sent);
  if (failed.length === 0) return;
  await stdout.flush();
  const first = failed.map(outcomeLine)[0]?.trimEnd();
  throw failure(`${counted(failed.length, 'notifier')} of ${notifiers.length} could not send: ${first}`);
}

function outcomeLine({ notifier, failure: why }: AlertTestOutcome): string {
  return `${shown(notifier, MAX_SHOWN)}: ${why === null ? 'sent' : shown(why, MAX_SHOWN)}\n`;
}

function json(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
