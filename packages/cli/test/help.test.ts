import { describe, expect, it } from '@jest/globals';
import { EXIT_CODES } from '../src/exit-codes.ts';
import { Session } from './session.ts';

const { cannotTell, unchecked, locked, ...SHARED } = EXIT_CODES;
const STORE_CODES = inOrder([...Object.values(SHARED), locked]);
/** It judges what was saved or is measured now: nobody locks that. */
const CHECK_CODES = inOrder([...Object.values(SHARED), cannotTell, unchecked]);

async function printed(...argv: string[]): Promise<string> {
  const session = new Session();
  expect(await session.run(...argv)).toBe(0);
  expect(session.stderr).toBe('');
  return session.stdout;
}

describe('help', () => {
  it('lists the commands', async () => {
    expect(await printed('--help')).toContain('monitor|monitor_performance [options]');
    expect(await printed('help')).toBe(await printed('--help'));
  });

  it('of monitor is the same however it is asked for', async () => {
    const help = await printed('monitor', '--help');
    expect(help).toMatch(/^Usage: tacho monitor/);
    expect(await printed('help', 'monitor')).toBe(help);
    expect(await printed('help', 'monitor_performance')).toBe(help);
  });

  it('of monitor has every option but the refused one, the defaults, and the lines for cron and CI', async () => {
    const help = await printed('monitor', '--help');
    expect(new Set(help.match(/--[a-z-]+/g))).toEqual(
      new Set([
        '--interval',
        '--duration',
        '--save',
        '--json',
        '--url',
        '--token-file',
        '--store',
        '--hours',
        '--help',
      ]),
    );
    expect(help.match(/\(default:\s60\)/g)).toHaveLength(2);
    expect(help).toContain('0 */6 * * * cd /srv/app && npx tacho monitor --save\n');
    expect(help).toContain('npx tacho monitor --interval 5 --duration 60\n');
  });

  it('of monitor has every exit code', async () => {
    expect(listedCodes(await printed('monitor', '--help'))).toEqual([...STORE_CODES, 130]);
  });

  it('of check has every option but the refused one, examples, and its own exit codes', async () => {
    const help = await printed('check', '--help');
    expect(help).toMatch(/^Usage: tacho check \[options\] \[files\.\.\.\]$/m);
    const [own = '', examples = ''] = help.split('Examples:');
    expect(new Set(own.match(/(?<=^ {2}(?:-h, )?)--[a-z0-9-]+/gm))).toEqual(
      new Set([
        '--baseline',
        '--url',
        '--baseline-url',
        '--duration',
        '--endpoint',
        '--max-p95',
        '--max-p99',
        '--max-avg',
        '--max-error-rate',
        '--max-slowdown',
        '--max-error-increase',
        '--min-requests',
        '--json',
        '--junit',
        '--token-file',
        '--help',
      ]),
    );
    expect(help).not.toMatch(/--token(?!-file)/);
    expect(examples.match(/^ {2,4}(?:npx )?tacho check /gm)).toHaveLength(4);
    expect(examples).toContain('TACHO_ENCRYPTION_KEY_FILE');
    expect(listedCodes(help)).toEqual([...CHECK_CODES, 130]);
    expect(await printed('help', 'check')).toBe(help);
  });

  it('says how what is saved is encrypted, and how it is read', async () => {
    const help = await printed('monitor', '--help');
    for (const word of ['TACHO_ENCRYPTION_KEY', 'TACHO_ENCRYPTION_KEY_FILE', '.json.enc', 'tacho decrypt'])
      expect(help.replaceAll(/\s+/g, ' ')).toContain(word);
    expect(await printed('decrypt', '--help')).toMatch(/^Usage: tacho decrypt \[options\] <file>$/m);
  });

  it.each(['backup', 'restore', 'export', 'import', 'repair', 'erase'])(
    'of %s has its options, an example, where the key is from, and every exit code',
    async (name) => {
      const help = await printed(name, '--help');
      expect(help).toMatch(new RegExp(`^Usage: tacho ${name} \\[options\\]`));
      const own = { restore: ['--yes'], erase: ['--yes', '--user', '--user-file'] }[name] ?? [];
      const options = new Set(help.split('Examples:')[0]?.match(/(?<= )--[a-z-]+/g));
      expect(options).toEqual(new Set(['--store', '--json', '--help', ...own]));
      expect(help).toMatch(new RegExp(`Examples:\n[^]*    tacho ${name}`));
      expect(help).toContain('TACHO_ENCRYPTION_KEY_FILE');
      expect(listedCodes(help)).toEqual([...STORE_CODES, 130]);
      expect(await printed('help', name)).toBe(help);
    },
  );

  it('prints the version', async () => {
    expect(await printed('--version')).toBe('1.2.3\n');
  });
});

function listedCodes(help: string): number[] {
  const [, codes = ''] = help.split('Exit codes:\n');
  return [...codes.matchAll(/^ {2}(\d+)(?=[ -])/gm)].map(([, code]) => Number(code));
}

function inOrder(codes: readonly number[]): number[] {
  return codes.toSorted((a, b) => a - b);
}
