import { describe, expect, it } from '@jest/globals';
import { Session } from '../session.ts';

const LIMIT = ['--max-p95', '1s'];

describe('check misused', () => {
  it.each<[string, string[]]>([
    ['nothing to check: give a limit such as --max-p95 300ms, or a --baseline', ['a.json']],
    ['nothing to check: give a limit such as --max-p95 300ms, or a --baseline', []],
    [
      '--endpoint "GET /y" is given no limit: give a limit such as --max-p95 300ms, or a --baseline',
      ['a.json', '--endpoint', 'GET /x', ...LIMIT, '--endpoint', 'GET /y'],
    ],
    [
      '--max-slowdown is of a comparison: expected --baseline or --baseline-url too',
      ['a.json', ...LIMIT, '--max-slowdown', '5%'],
    ],
    [
      '--max-error-increase is of a comparison: expected --baseline or --baseline-url too',
      ['a.json', '--endpoint', 'each', '--max-error-increase', '1'],
    ],
    ['--max-p95 "300": expected a time such as 300ms, 1.5s or 2m', ['a.json', '--max-p95', '300']],
    ['--max-p95 "0ms": expected a time such as 300ms, 1.5s or 2m', ['a.json', '--max-p95', '0ms']],
    ['--max-p99 "-1s": expected a time such as 300ms, 1.5s or 2m', ['a.json', '--max-p99=-1s']],
    ['--max-avg "1e3ms": expected a time such as 300ms, 1.5s or 2m', ['a.json', '--max-avg', '1e3ms']],
    [
      `--max-avg "${'9'.repeat(59)}…": expected a time such as 300ms, 1.5s or 2m`,
      ['a.json', '--max-avg', `${'9'.repeat(400)}s`],
    ],
    [
      '--max-error-rate "101%": expected a percentage from 0% to 100%',
      ['a.json', '--max-error-rate', '101%'],
    ],
    ['--max-error-rate "a lot": expected a percentage such as 5%', ['a.json', '--max-error-rate', 'a lot']],
    [
      '--min-requests "0": expected a whole number from 1 to 1000000000',
      ['a.json', ...LIMIT, '--min-requests', '0'],
    ],
    ['--endpoint "/x": expected "METHOD route", all or each', ['a.json', '--endpoint', '/x', ...LIMIT]],
    [
      '--endpoint "GET /x" is named twice',
      ['a.json', '--endpoint', 'GET /x', ...LIMIT, '--endpoint', 'GET /x'],
    ],
    ['--max-p95 is given twice for the same endpoint', ['a.json', ...LIMIT, ...LIMIT]],
    ['no file to judge: give it before --baseline, which takes all that follow', ['--baseline', 'b', 'a']],
    [
      '--baseline: expected as many files as there are to judge, found 2 and 1',
      ['a.json', 'b.json', '--baseline', 'c.json'],
    ],
    ['"": expected a file', ['', ...LIMIT]],
    ['expected at most 100 files, found 101', [...Array.from({ length: 101 }, () => 'a.json'), ...LIMIT]],
    [
      '--url is for services, not for files: expected one or the other',
      ['a.json', ...LIMIT, '--url', 'http://127.0.0.1'],
    ],
    [
      '--duration is for services, not for files: expected one or the other',
      ['a.json', ...LIMIT, '--duration', '5'],
    ],
    [
      '--token-file is for services, not for files: expected one or the other',
      ['a.json', ...LIMIT, '--token-file', 'token'],
    ],
    ['--duration "0": expected whole seconds from 1 to 86400', [...LIMIT, '--duration', '0']],
    [
      '--url "ftp://x": expected http:// or https://, a host, and a port or path if need be',
      [...LIMIT, '--url', 'ftp://x'],
    ],
    [
      '--baseline-url "nonsense": expected http:// or https://, a host, and a port or path if need be',
      ['--baseline-url', 'nonsense'],
    ],
    [
      '--baseline-url must hold no user or password: the process list shows it; use TACHO_ADMIN_TOKEN',
      ['--baseline-url', 'http://me:secret@127.0.0.1'],
    ],
    ['--junit "": expected a file', ['a.json', ...LIMIT, '--junit', '']],
    [
      '--token is refused, the process list shows it: use TACHO_ADMIN_TOKEN or --token-file',
      [...LIMIT, '--token', 'secret'],
    ],
  ])('says %s', async (message, argv) => {
    const session = new Session();
    expect(await session.run('check', ...argv)).toBe(2);
    expect(session.stderr).toBe(`tacho: ${message}\n`);
    expect(session.stdout).toBe('');
  });
});
