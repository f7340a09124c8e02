import { describe, expect, it } from '@jest/globals';
import { alike, around, checkEachTest, type Load, savedRun } from './runs.ts';

const each = checkEachTest();
const X = 'GET /x';
const SLICES = { slices: 20 };
const LATER = { slices: 20, later: 3600 };

const BEFORE: Load = { times: around(0.1, 30) };

/** @returns the exit code, and verdicts by check */
async function compared(...argv: string[]): Promise<[code: number, verdicts: object]> {
  const session = each.session();
  const code = await session.run('check', 'now.json', '--json', '--baseline', 'before.json', ...argv);
  expect(session.stderr).toBe('');
  const { checks } = JSON.parse(session.stdout) as { checks: { check: string; verdict: string }[] };
  return [code, Object.fromEntries(checks.map(({ check, verdict }) => [check, verdict]))];
}

describe('--baseline', () => {
  it.each<[string, number, Load, string, string]>([
    ['equal', 0, BEFORE, 'pass', 'pass'],
    ['faster', 0, { times: around(0.05, 30) }, 'pass', 'pass'],
    ['much slower', 1, { times: around(0.2, 30) }, 'fail', 'pass'],
    ['failing more often', 1, { times: around(0.1, 30), errors: 9 }, 'pass', 'fail'],
    ['with too few requests', 10, { times: [0.1] }, 'cannot_tell', 'cannot_tell'],
    ['gone', 10, { times: [] }, 'cannot_tell', 'cannot_tell'],
  ])('judges an endpoint that is %s: exit code %d', async (_, code, now, slower, failing) => {
    await each.write('before.json', savedRun({ [X]: BEFORE }, SLICES));
    await each.write('now.json', savedRun({ [X]: now }, now.times.length === 1 ? { slices: 5 } : SLICES));
    expect(await compared()).toEqual([code, { max_slowdown: slower, max_error_increase: failing }]);
  });

  it('has an interval around each value, the surer of each the more endpoints there are', async () => {
    const confidences: number[] = [];
    for (const names of [[X], [X, 'GET /y']]) {
      const loads = Object.fromEntries(names.map((name) => [name, BEFORE]));
      for (const file of ['before.json', 'now.json']) await each.write(file, savedRun(loads, SLICES));
      const session = each.session();
      await session.run('check', 'now.json', '--baseline', 'before.json', '--json');
      const { checks } = JSON.parse(session.stdout) as {
        checks: { value: number; interval: [number, number]; confidence: number }[];
      };
      for (const { value, interval } of checks)
        expect([interval[0] <= value, value <= interval[1]]).toEqual([true, true]);
      confidences.push(checks[0]!.confidence);
    }
    expect(confidences).toEqual([expect.closeTo(0.9), expect.closeTo(0.95)]);
  });

  it('says so where slices are too few', async () => {
    for (const name of ['before.json', 'now.json']) {
      await each.write(name, savedRun({ [X]: { times: around(0.1, 100) } }, { slices: 1 }));
    }
    expect(await compared()).toEqual([10, { max_slowdown: 'cannot_tell', max_error_increase: 'pass' }]);
  });

  it('has nothing to compare a new endpoint with, unless it is named', async () => {
    await each.write('before.json', savedRun({ [X]: BEFORE }, SLICES));
    await each.write('now.json', savedRun({ [X]: BEFORE, 'GET /new': BEFORE }, SLICES));
    const session = each.session();
    expect(await session.run('check', 'now.json', '--baseline', 'before.json')).toBe(0);
    expect(session.stdout).toContain('0 requests in the baseline and 600 now, of at least 20 each');
    expect((await compared('--endpoint', 'GET /new'))[0]).toBe(10);
  });

  it('can tell less of runs one after the other, and the more the limit leaves', async () => {
    await each.write('before.json', savedRun({ [X]: BEFORE }, SLICES));
    await each.write('now.json', savedRun({ [X]: BEFORE }, LATER));
    expect((await compared('--max-slowdown', '1%'))[0]).toBe(10);
    expect((await compared('--max-slowdown', '100%'))[0]).toBe(0);
  });

  it('can tell more by several pairs, each with the one at its place', async () => {
    const names = (side: string) => [1, 2, 3, 4].map((pair) => `${side}-${pair}.json`);
    for (const [index, [before, now]] of names('before')
      .map((name, at) => [name, names('now')[at]!] as const)
      .entries()) {
      const times = around(0.1 * 2 ** index, 30);
      await each.write(before, savedRun({ [X]: { times } }, SLICES));
      await each.write(now, savedRun({ [X]: { times } }, LATER));
    }
    const intervals = async (pairs: number) => {
      const session = each.session();
      const argv = [...names('now').slice(0, pairs), '--baseline', ...names('before').slice(0, pairs)];
      await session.run('check', '--json', ...argv);
      const [{ value, interval }] = JSON.parse(session.stdout).checks;
      expect(value).toBeCloseTo(0);
      return interval[1] - interval[0];
    };
    expect(await intervals(4)).toBeLessThan((await intervals(1)) * 0.6);
    // Out of their places: each is another service.
    const session = each.session();
    expect(
      await session.run('check', ...names('now'), '--baseline', ...names('before').toReversed()),
    ).not.toBe(0);
  });

  it('goes with fixed limits, and both must be kept', async () => {
    await each.write('before.json', savedRun({ [X]: BEFORE }, SLICES));
    await each.write('now.json', savedRun({ [X]: BEFORE }, SLICES));
    expect(await compared('--max-p95', '50ms')).toEqual([
      1,
      { max_p95: 'fail', max_slowdown: 'pass', max_error_increase: 'pass' },
    ]);
  });

  it('takes its own limits for an endpoint', async () => {
    await each.write('before.json', savedRun({ [X]: BEFORE }, SLICES));
    await each.write('now.json', savedRun({ [X]: { times: around(0.2, 30) } }, SLICES));
    expect((await compared('--endpoint', X, '--max-slowdown', '300%'))[0]).toBe(0);
    expect((await compared('--max-slowdown', '300%', '--endpoint', X, '--max-slowdown', '1%'))[0]).toBe(1);
  });

  it('can not tell of runs in which nothing was asked', async () => {
    for (const name of ['before.json', 'now.json']) await each.write(name, savedRun({}, SLICES));
    const session = each.session();
    expect(await session.run('check', 'now.json', '--baseline', 'before.json')).toBe(10);
    expect(session.stdout).toMatch(/^cannot tell: no endpoint had enough requests\n/);
  });

  it('gives the interval the value is in', async () => {
    await each.write('before.json', savedRun({ [X]: BEFORE }, SLICES));
    await each.write('now.json', savedRun({ [X]: { times: [...around(0.12, 29), ...alike(3, 1)] } }, SLICES));
    const session = each.session();
    await session.run('check', 'now.json', '--baseline', 'before.json', '--json');
    for (const { value, interval } of JSON.parse(session.stdout).checks) {
      expect(interval[0]).toBeLessThanOrEqual(value);
      expect(interval[1]).toBeGreaterThanOrEqual(value);
    }
  });
});
