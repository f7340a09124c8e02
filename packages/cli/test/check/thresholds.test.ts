import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alike, checkEachTest, savedRun } from './runs.ts';

const each = checkEachTest();

/** @returns the exit code and what was printed as JSON */
async function judged(...argv: string[]) {
  const session = each.session();
  const code = await session.run('check', 'run.json', '--json', ...argv);
  expect(session.stderr).toBe('');
  return { code, ...JSON.parse(session.stdout) };
}

describe('a limit', () => {
  it.each([
    ['--max-p95', '300ms', 0],
    ['--max-p95', '0.3s', 0],
    ['--max-p95', '299.999ms', 1],
    ['--max-p99', '1.5s', 0],
    ['--max-p99', '0.025m', 0],
    ['--max-p99', '1499ms', 1],
    ['--max-avg', '147ms', 0],
    ['--max-avg', '146.9ms', 1],
    ['--max-error-rate', '1%', 0],
    ['--max-error-rate', '1', 0],
    ['--max-error-rate', '0.99%', 1],
  ])('is kept by what is at it: %s %s', async (flag, value, code) => {
    // 90 of 100 ms, 7 of 300 ms and 3 of 1.5 s, of which one failed.
    const times = [...alike(0.1, 90), ...alike(0.3, 7), ...alike(1.5, 2), 0.6];
    await each.write('run.json', savedRun({ 'GET /x': { times, errors: 1 } }));
    expect((await judged(flag, value)).code).toBe(code);
  });

  it('is kept by what is at it, whatever it is', async () => {
    const microseconds = fc.integer({ min: 1, max: 100_000_000 });
    await fc.assert(
      fc.asyncProperty(microseconds, fc.integer({ min: 20, max: 60 }), async (time, count) => {
        const times = alike(time / 1e6, count);
        await each.write('run.json', savedRun({ 'GET /x': { times } }, { slices: 3 }));
        const limits = ['--max-p95', `${time / 1000}ms`, '--max-avg', `${time / 1e6}s`];
        expect(await judged(...limits)).toMatchObject({ code: 0, verdict: 'pass' });
      }),
      { numRuns: 50 },
    );
  });

  it('can be told by no fewer requests than it takes', async () => {
    await each.write('run.json', savedRun({ 'GET /x': { times: alike(0.1, 19) } }));
    const { code, verdict, checks } = await judged('--max-p95', '1s');
    expect({ code, verdict }).toEqual({ code: 10, verdict: 'cannot_tell' });
    expect(checks).toEqual([
      {
        endpoint: null,
        check: 'max_p95',
        verdict: 'cannot_tell',
        value: null,
        interval: null,
        confidence: null,
        limit: 1,
        requests: 19,
        baseline_requests: null,
        reason: '19 of at least 20 requests',
      },
    ]);
    await each.write('run.json', savedRun({ 'GET /x': { times: alike(0.1, 20) } }));
    expect((await judged('--max-p95', '1s')).code).toBe(0);
    expect((await judged('--max-p95', '1s', '--min-requests', '21')).code).toBe(10);
  });

  it('of a high percentile needs more, whatever --min-requests says', async () => {
    await each.write('run.json', savedRun({ 'GET /x': { times: alike(0.1, 99) } }));
    expect((await judged('--max-p99', '1s', '--min-requests', '1')).code).toBe(10);
    await each.write('run.json', savedRun({ 'GET /x': { times: alike(0.1, 1) } }));
    expect((await judged('--max-avg', '1s', '--min-requests', '1')).code).toBe(0);
  });

  it('that is not kept fails, whatever can not be told beside it', async () => {
    await each.write('run.json', savedRun({ 'GET /x': { times: alike(0.1, 50) } }));
    expect(await judged('--max-p99', '1s', '--max-avg', '50ms')).toMatchObject({ code: 1, verdict: 'fail' });
  });
});

describe('--endpoint', () => {
  const loads = {
    'GET /fast': { times: alike(0.01, 30) },
    'GET /rare': { times: alike(9, 3) },
    'GET /slow': { times: alike(0.5, 30), errors: 3 },
  };
  const verdicts = async (...argv: string[]) => {
    await each.write('run.json', savedRun(loads));
    const { code, checks } = await judged(...argv);
    const told = checks as { endpoint: string | null; check: string; limit: number; verdict: string }[];
    return [code, ...told.map(({ endpoint, check, limit, verdict }) => [endpoint, check, limit, verdict])];
  };

  it('has the limits before the first for all, those after it for itself', async () => {
    const argv =
      '--max-avg 100ms --endpoint|GET /fast|--endpoint|GET /slow|--max-avg 1s --max-error-rate 20%';
    const words = argv.split('|').flatMap((part) => (part.startsWith('GET') ? [part] : part.split(' ')));
    expect(await verdicts(...words)).toEqual([
      0,
      ['GET /fast', 'max_avg', 0.1, 'pass'],
      ['GET /slow', 'max_avg', 1, 'pass'],
      ['GET /slow', 'max_error_rate', 20, 'pass'],
    ]);
  });

  it('takes all of them together where none is named, or all', async () => {
    const together = [1, [null, 'max_error_rate', 1, 'fail']];
    expect(await verdicts('--max-error-rate', '1%')).toEqual(together);
    expect(await verdicts('--endpoint', 'all', '--max-error-rate', '1%')).toEqual(together);
  });

  it('each skips what was hardly called, but never what is named', async () => {
    expect(await verdicts('--endpoint', 'each', '--max-avg', '1s')).toEqual([
      0,
      ['GET /fast', 'max_avg', 1, 'pass'],
      ['GET /rare', 'max_avg', 1, 'skipped'],
      ['GET /slow', 'max_avg', 1, 'pass'],
    ]);
    for (const name of ['GET /rare', 'GET /unknown', 'GET /__proto__', '__proto__ x']) {
      expect(await verdicts('--endpoint', name, '--max-avg', '1s')).toEqual([
        10,
        [name, 'max_avg', 1, 'cannot_tell'],
      ]);
    }
  });

  it('each leaves out what is named beside it', async () => {
    expect(
      await verdicts(
        '--endpoint',
        'each',
        '--max-avg',
        '100ms',
        '--endpoint',
        'GET /slow',
        '--max-avg',
        '1s',
      ),
    ).toEqual([
      0,
      ['GET /fast', 'max_avg', 0.1, 'pass'],
      ['GET /rare', 'max_avg', 0.1, 'skipped'],
      ['GET /slow', 'max_avg', 1, 'pass'],
    ]);
  });

  it('takes several files together', async () => {
    await each.write('run.json', savedRun({ 'GET /x': { times: alike(0.1, 15) } }));
    expect((await judged('run.json', '--max-avg', '1s')).checks[0].requests).toBe(30);
  });
});
