import { type Child, type Exit, start } from '../processes.ts';
import { ADMIN_ENVIRONMENT } from '../service.ts';

const SCENARIOS = 'test/process-semantics/scenarios.mjs';

export interface Ending extends Exit {
  readonly stdout: string;
}

/** How a process ends that with tacho has to end as it does without. */
export const ENDINGS: readonly (readonly [scenario: string, expected: Ending])[] = [
  ['drains its event loop', { code: 0, signal: null, stdout: '' }],
  ['calls process.exit(3)', { code: 3, signal: null, stdout: '' }],
  ['sets process.exitCode', { code: 4, signal: null, stdout: '' }],
  ['throws later', { code: 1, signal: null, stdout: '' }],
  ['rejects unheard', { code: 1, signal: null, stdout: '' }],
  ['throws in a request handler', { code: 1, signal: null, stdout: '' }],
  [
    'survives by a listener of its own',
    { code: 0, signal: null, stdout: 'caught failed\nbeforeExit\nexit 0\n' },
  ],
];

export async function run(scenario: string, monitored: boolean): Promise<Ending> {
  const child = begin(scenario, monitored);
  const exit = await child.end();
  return { ...exit, stdout: child.stdout };
}

export async function waiting(scenario: string, monitored: boolean): Promise<Child> {
  const child = begin(scenario, monitored);
  await child.output('stdout', /waiting/);
  return child;
}

function begin(scenario: string, monitored: boolean): Child {
  const preload = monitored ? ['--import', 'tacho/register'] : [];
  return start(['node', ...preload, SCENARIOS, scenario], { env: ADMIN_ENVIRONMENT });
}
