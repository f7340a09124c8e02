import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { alike, around, checkEachTest, HOSTILE_NAMES, savedRun } from './runs.ts';

const each = checkEachTest();
const TERMINAL = { terminal: { columns: 20, rows: 5 } };
const LIMITS = ['--endpoint', 'each', '--max-avg', '200ms', '--max-p99', '1s'];

async function printed(options: object, ...argv: string[]): Promise<string> {
  const session = each.session(options);
  await session.run('check', 'run.json', ...argv);
  expect(session.stderr).toBe('');
  return session.stdout;
}

describe('what check prints', () => {
  it('is a heading for each endpoint, a line for each check, and the verdict', async () => {
    const loads = {
      'GET /a': { times: alike(0.1, 1200), errors: 6 },
      'GET /b': { times: alike(0.5, 30) },
      'GET /c': { times: [0.1] },
    };
    await each.write('run.json', savedRun(loads));
    const common = ['--max-avg', '200ms', '--max-p99', '1s'];
    const own = ['--endpoint', 'each', '--endpoint', 'GET /a', '--max-error-rate', '0.1%'];
    expect((await printed({}, ...common, ...own)).split('\n')).toEqual([
      'GET /b',
      '  FAIL         average 500 ms, at most 200 ms · 30 requests',
      '  skipped      p99 at most 1.00 s: 30 of at least 100 requests',
      'GET /c',
      '  skipped      average at most 200 ms: 1 of at least 20 requests',
      '  skipped      p99 at most 1.00 s: 1 of at least 100 requests',
      'GET /a',
      '  pass         average 100 ms, at most 200 ms · 1,200 requests',
      '  pass         p99 100 ms, at most 1.00 s · 1,200 requests',
      '  FAIL         error rate 0.5%, at most 0.1% · 1,200 requests',
      'FAIL: 2 of 4 checks failed',
      '',
    ]);
  });

  it('says of one that nothing is to be said', async () => {
    await each.write('run.json', savedRun({ 'GET /a': { times: [0.1] } }));
    expect(await printed({}, '--max-avg', '1s')).toBe(
      [
        'all endpoints',
        '  cannot tell  average at most 1.00 s: 1 of at least 20 requests',
        "cannot tell: 0 of 1 check failed, 1 can't be told",
        'To tell more: more requests, more slices (monitor --interval 1), both builds side by side, or several pairs of runs.',
        '',
      ].join('\n'),
    );
  });

  it('has the interval of a comparison', async () => {
    for (const name of ['run.json', 'before.json'])
      await each.write(name, savedRun({ 'GET /a': { times: around(0.1, 30) } }, { slices: 20 }));
    expect(await printed({}, '--baseline', 'before.json')).toMatch(
      /^ {2}pass {9}slowdown 0\.0% \(-\d\.\d% to \+\d\.\d%\), at most \+5\.0% · 600 requests, 600 before$/m,
    );
  });

  it('has colours in a terminal alone, unless they are not wanted', async () => {
    await each.write('run.json', savedRun({ 'GET /a': { times: alike(0.5, 30) } }));
    const plain = await printed({}, ...LIMITS);
    expect(plain).not.toContain('\x1b');
    expect(await printed({ variables: { FORCE_COLOR: '1' } }, ...LIMITS)).toBe(plain);
    expect(await printed({ ...TERMINAL, variables: { NO_COLOR: '1' } }, ...LIMITS)).toBe(plain);
    const coloured = await printed(TERMINAL, ...LIMITS);
    expect(coloured).toContain('\x1b[31m');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });

  it('obeys no name of an endpoint', async () => {
    const loads = Object.fromEntries(HOSTILE_NAMES.map((name) => [name, { times: alike(0.1, 20) }]));
    await each.write('run.json', savedRun(loads));
    for (const options of [{}, { ...TERMINAL, variables: { NO_COLOR: '1' } }]) {
      const lines = (await printed(options, '--endpoint', 'each', '--max-avg', '200ms')).split('\n');
      // GitHub obeys lines that begin with two colons.
      expect(lines.filter((line) => line.startsWith('::'))).toEqual([]);
      expect(lines).toHaveLength(2 * HOSTILE_NAMES.length + 2);
      expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    }
  });

  it('is in JSON what it was called', async () => {
    const loads = Object.fromEntries(HOSTILE_NAMES.map((name) => [name, { times: alike(0.1, 20) }]));
    await each.write('run.json', savedRun(loads));
    const text = await printed(TERMINAL, '--endpoint', 'each', '--max-avg', '200ms', '--json');
    expect(text).toMatch(/^[^\n]*\n$/);
    const { verdict, checks } = JSON.parse(text);
    expect([verdict, checks.length]).toEqual(['pass', HOSTILE_NAMES.length]);
    expect(checks.map(({ endpoint }: { endpoint: string }) => endpoint)).toEqual([...HOSTILE_NAMES].sort());
  });
});
