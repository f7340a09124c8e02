import { afterEach, describe, expect, it } from '@jest/globals';
import { endAll } from '../processes.ts';
import { ENDINGS, run, waiting } from './scenarios-run.ts';

/** An aim of 1 s, times ten. */
const SIGNAL_LIMIT_MS = 10_000;

/** The long tier has all. */
const TRIED = ['drains its event loop', 'calls process.exit(3)', 'throws in a request handler'];

afterEach(endAll);

describe('a process ends with tacho as it ends without', () => {
  it.each(ENDINGS.filter(([scenario]) => TRIED.includes(scenario)))('that %s', async (scenario, expected) => {
    const [without, withTacho] = await Promise.all([run(scenario, false), run(scenario, true)]);
    expect(without).toEqual(expected);
    expect(withTacho).toEqual(expected);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('by a %s that it does not listen for', async (signal) => {
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
