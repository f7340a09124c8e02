import { afterEach, describe, expect, it } from '@jest/globals';
import { type Child, type Exit, endAll, start } from '../processes.ts';
import { ADMIN_ENVIRONMENT } from '../service.ts';

const SCENARIOS = 'test/process-semantics/scenarios.mjs';
/** An aim of 1 s, times ten. */
const SIGNAL_LIMIT_MS = 10_000;

interface Ending extends Exit {
  readonly stdout: string;
}

afterEach(endAll);

describe('a process ends with tacho as it ends without', () => {
  it.each([
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
  ])('that %s', async (scenario, expected) => {
    const [without, withTacho] = await Promise.all([run(scenario, false), run(scenario, true)]);
    expect(without).toEqual(expected);
    expect(withTacho).toEqual(expected);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by a %s that it does not listen for', async (signal) => {
    const withTacho = await waiting('waits for a signal', true);
    const askedAt = performance.now();
    expect(await withTacho.stop(signal, SIGNAL_LIMIT_MS)).toEqual({ code: null, signal });
    console.log(`ended ${(performance.now() - askedAt).toFixed(0)} ms after ${signal}`);
  });

  it('by its own listener for SIGTERM, in its own time', async () => {
    const child = await waiting('listens for SIGTERM itself', true);
    expect(await child.stop('SIGTERM', SIGNAL_LIMIT_MS)).toEqual({ code: 7, signal: null });
    expect(child.stdout).toBe('waiting\nmy own way\n');
  });

  it('not at all by a SIGINT that it ignores', async () => {
    const child = await waiting('ignores SIGINT', true);
    for (let times = 1; times <= 3; times++) {
      child.process.kill('SIGINT');
      await child.output('stdout', new RegExp(`(no\\n){${times}}`));
    }
    expect(child.running).toBe(true);
  });
});

it('tacho listens for no event of the process but SIGTERM and SIGINT, once each', async () => {
  const [without, withTacho] = await Promise.all([
    run('counts its listeners', false),
    run('counts its listeners', true),
  ]);
  const before = JSON.parse(without.stdout) as Record<string, number>;
  const after = JSON.parse(withTacho.stdout) as Record<string, number>;
  expect(after).toEqual({ ...before, SIGTERM: 1, SIGINT: 1 });
});

async function run(scenario: string, monitored: boolean): Promise<Ending> {
  const child = begin(scenario, monitored);
  const exit = await child.end();
  return { ...exit, stdout: child.stdout };
}

async function waiting(scenario: string, monitored: boolean): Promise<Child> {
  const child = begin(scenario, monitored);
  await child.output('stdout', /waiting/);
  return child;
}

function begin(scenario: string, monitored: boolean): Child {
  const preload = monitored ? ['--import', 'tacho/register'] : [];
  return start(['node', ...preload, SCENARIOS, scenario], { env: ADMIN_ENVIRONMENT });
}
