import type { Command } from 'commander';
import { adminToken } from '../admin-token.ts';
import { adminUrl } from '../admin-url.ts';
import { CommandError, usageError } from '../command-error.ts';
import { commandLine } from '../command-line.ts';
import { CHECKS } from '../doctor/checks.ts';
import { examine } from '../doctor/examine.ts';
import type { Patient } from '../doctor/patient.ts';
import { doctorReport } from '../doctor/report.ts';
import { reportText } from '../doctor/report-text.ts';
import { withoutSecrets } from '../doctor/secrets.ts';
import { Service } from '../doctor/service.ts';
import type { Environment } from '../environment.ts';
import { DOCTOR_EXIT_CODES_HELP, EXIT_CODES } from '../exit-codes.ts';
import { mayColour, paintWith } from '../paint.ts';
import { withServiceOptions } from '../service-options.ts';
import { quoted } from '../shown.ts';
import { storeFile } from '../store-file.ts';

interface DoctorOptions {
  url?: string;
  tokenFile?: string;
  app?: string;
  store?: string;
  json?: true;
}

const DESCRIPTION = [
  'Look for what keeps tacho from working, and say how to mend each.',
  "Run it in the application's folder, with the environment that the service has.",
  'It changes nothing, and prints no secret. With --app it sends one traced request, and finds it again.',
].join(' ');

const EXAMPLES = `Examples:
  Here, with the service's own environment:
    node --env-file=.env node_modules/.bin/tacho doctor
  With a request that is followed from the application to the admin API:
    tacho doctor --app http://127.0.0.1:3000
  For another program:
    tacho doctor --json | jq '.findings[] | select(.status == "problem")'`;

export function doctorCommand(environment: Environment): Command {
  const command = commandLine('doctor', environment)
    .summary('find what is wrong, and how to mend it')
    .description(DESCRIPTION);
  return withServiceOptions(command)
    .option(
      '--app <url>',
      'where the application listens: it is sent one request, for a path that it has not',
    )
    .option('--store <file>', "the store's file; else TACHO_STORE says it, else it is .tacho/tacho.db here")
    .option('--json', 'print the findings as one JSON object')
    .addHelpText('after', `\n${EXAMPLES}\n\n${DOCTOR_EXIT_CODES_HELP}`)
    .action((options: DoctorOptions) => doctor(options, environment));
}

async function doctor(options: DoctorOptions, environment: Environment): Promise<void> {
  const { stdout, version, variables } = environment;
  const patient = await patientOf(options, environment);
  const report = doctorReport(await examine(CHECKS, patient), {
    version,
    url: patient.service.url,
    redact: withoutSecrets(environment),
  });
  const paint = paintWith(stdout.isTerminal && mayColour(variables));
  stdout.write(
    options.json === true
      ? `${JSON.stringify(report, undefined, 2)}\n`
      : reportText(report, stdout.columns, paint),
  );
  await stdout.flush();
  if (report.summary.problem > 0) throw new CommandError(EXIT_CODES.failed, '');
}

async function patientOf(options: DoctorOptions, environment: Environment): Promise<Patient> {
  const url = urlOf(options.url, environment);
  return {
    environment,
    service: new Service(url, await tokenOf(options.tokenFile, environment), environment),
    app: options.app === undefined ? undefined : appUrl(options.app),
    store: storeOf(options.store, environment),
    storeIsSaid: options.store !== undefined,
  };
}

/** What is wrong with a variable is a finding. @returns undefined where only the service knows its port */
function urlOf(option: string | undefined, { variables }: Environment): string | undefined {
  if (option === undefined && variables.TACHO_ADMIN_PORT?.trim() === '0') return undefined;
  return adminUrl(option, { variables, stderr: { write: () => {} } });
}

/** A token in the environment that is none is a finding. */
async function tokenOf(file: string | undefined, environment: Environment): Promise<string | undefined> {
  try {
    return await adminToken(file, environment);
  } catch (error) {
    if (file !== undefined || environment.interrupted.aborted) throw error;
    return undefined;
  }
}

/** @returns undefined where it is in memory */
function storeOf(option: string | undefined, environment: Environment): string | undefined {
  const isInMemory = option === undefined && environment.variables.TACHO_STORE?.trim() === 'memory';
  return isInMemory ? undefined : storeFile(option, environment);
}

function appUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isHttp || url.username !== '' || url.password !== '')
    throw usageError(
      `--app ${isHttp ? 'with a user or password' : quoted(text)}: expected http:// or https://, a host, and a port if need be`,
    );
  return url.origin;
}
