import { describe, expect, it } from '@jest/globals';
import { Session } from './session.ts';

async function misuse(...argv: string[]): Promise<string> {
  const session = new Session();
  expect(await session.run(...argv)).toBe(2);
  expect(session.stdout).toBe('');
  return session.stderr;
}

describe('the command used wrongly: exit code 2, nothing on stdout, and on stderr', () => {
  it('the help, for no command', async () => {
    expect(await misuse()).toMatch(/^Usage: tacho \[options\] \[command\]\n/);
  });

  it.each([
    [['montor'], `unknown command 'montor' (Did you mean monitor?); see tacho --help`],
    [['xyzzy'], `unknown command 'xyzzy'; see tacho --help`],
    [['--verson'], `unknown option '--verson' (Did you mean --version?); see tacho --help`],
    [
      ['monitor', '--intervall', '5'],
      `unknown option '--intervall' (Did you mean --interval?); see tacho monitor --help`,
    ],
    [['monitor', '--interval'], `option '--interval <seconds>' argument missing; see tacho monitor --help`],
    [
      ['monitor', 'twice'],
      `too many arguments for 'monitor'. Expected 0 arguments but got 1: twice; see tacho monitor --help`,
    ],
  ])('a suggestion, for %j', async (argv, message) => {
    expect(await misuse(...argv)).toBe(`tacho: ${message}\n`);
  });

  it.each([
    'abc',
    '-1',
    '0',
    '1e9',
    '0x10',
    ' 5 ',
    '',
    '1.5',
    '5s',
    '١٢',
    'Infinity',
    'NaN',
    '86401',
    '9'.repeat(400),
  ])('the option, the value and the range, for --interval %j', async (value) => {
    const line = await misuse('monitor', '--interval', value);
    expect(line).toMatch(/^tacho: --interval ".*": expected whole seconds from 1 to 86400\n$/);
    expect(line).toContain(`"${value.slice(0, 40)}`);
    expect(line.length).toBeLessThan(150);
  });

  it.each(['abc', '0', '-60', '31536001'])('the same for --duration %j', async (value) => {
    expect(await misuse('monitor', '--duration', value)).toBe(
      `tacho: --duration "${value}": expected whole seconds from 1 to 31536000\n`,
    );
  });

  it('a value with controls in it, escaped', async () => {
    expect(await misuse('monitor', '--interval', '\x1b[2J\u202e')).toContain('--interval "\\x1b[2J\\u202e"');
  });

  it.each([
    ['monitor', '--token', 'hunter2'],
    ['monitor', '--token=hunter2'],
    ['monitor', '--token'],
    ['monitor', '--token', 'hunter2', '--json'],
  ])('why a token is refused there, and never the token: %s %s', async (...argv) => {
    expect(await misuse(...argv)).toBe(
      'tacho: --token is refused, the process list shows it: use TACHO_ADMIN_TOKEN or --token-file\n',
    );
  });

  it('no value of a misspelt option: it may be a token', async () => {
    expect(await misuse('monitor', '--tokn=hunter2')).toBe(
      "tacho: unknown option '--tokn'; see tacho monitor --help\n",
    );
  });

  it('what --save takes, for an empty folder', async () => {
    expect(await misuse('monitor', '--save', '')).toBe(
      'tacho: --save "": expected a folder, or nothing for this one\n',
    );
  });
});
