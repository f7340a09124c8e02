import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TOKEN } from './admin-server.ts';
import { type CommandOptions, CommandProcess } from './command-process.ts';
import { serveEachTest } from './served-session.ts';
import { folderEachTest } from './temporary-folder.ts';

const each = serveEachTest();
const folder = folderEachTest();
const ENDLESS = ['--interval', '1', '--duration', '3600'];

function tacho(argv: readonly string[], through: CommandOptions['through'] = []): CommandProcess {
  const variables = { TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: String(each.server.port) };
  return new CommandProcess(argv, { variables, folder: folder.path, through });
}

describe('the process', () => {
  it('samples in real time, and ends with the last sample', async () => {
    const startedAt = performance.now();
    const command = tacho(['monitor', '--interval', '1', '--duration', '2']);
    expect(await command.end()).toBe(0);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1990);
    expect(command.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(command.stderr).toBe('');
  });

  it('is quiet where it saves and nobody looks, and the file is for its owner alone', async () => {
    const command = tacho(['monitor', '--save', '--duration', '1']);
    expect(await command.end()).toBe(0);
    expect([command.stdout, command.stderr]).toEqual(['', '']);
    const [name = '', ...others] = await readdir(folder.path);
    expect(name).toMatch(/^tacho-metrics-\d{8}T\d{6}Z\.json$/);
    expect(others).toEqual([]);
    expect((await stat(join(folder.path, name))).mode & 0o777).toBe(0o600);
  });

  it('fails in one line where the service is down', async () => {
    const command = tacho(['monitor', '--save']);
    await each.server.close();
    expect(await command.end()).toBe(1);
    expect(command.stdout).toBe('');
    expect(command.stderr).toMatch(/^tacho: [^\n]* can't be reached: connection refused\n$/);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('waits no longer than the interval for an answer', async () => {
    each.server.answer = () => {};
    const command = tacho(['monitor', '--interval', '1']);
    expect(await command.end(10_000)).toBe(1);
    expect(command.stderr).toMatch(/no answer within 1 s\n$/);
  });

  it('reads the token from stdin', async () => {
    const command = new CommandProcess(
      ['monitor', '--duration', '1', '--url', each.server.url, '--token-file', '-'],
      { variables: {} },
    );
    command.child.stdin.end(`${TOKEN}\n`);
    expect(await command.end()).toBe(0);
  });
});

describe('the process whose reader leaves', () => {
  it('ends well, without a trace', async () => {
    const command = tacho(['monitor', ...ENDLESS]);
    await command.lines(1);
    command.child.stdout.destroy();
    expect(await command.end()).toBe(0);
    expect(command.stderr).toBe('');
  });

  it.each([['--help'], ['--version']])('ends well even before it reads %s', async (...argv) => {
    const command = tacho(argv);
    command.child.stdout.destroy();
    expect(await command.end()).toBe(0);
    expect(command.stderr).toBe('');
  });

  it('has no disk to write to: one line, exit code 1', async () => {
    const command = tacho(['monitor', ...ENDLESS], ['sh', '-c', 'exec "$@" > /dev/full', 'sh']);
    expect(await command.end()).toBe(1);
    expect(command.stderr).toBe("tacho: can't write the output: no space left\n");
  });
});

describe('the process that a signal reaches', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('ends at once and leaves no file: %s, exit code %i', async (signal, exitCode) => {
    const command = tacho(['monitor', '--save', '--json', ...ENDLESS]);
    await command.lines(1);
    expect(await readdir(folder.path)).toEqual([expect.stringMatching(/^\.tacho-metrics-.*\.json\.part$/)]);
    command.child.kill(signal);
    expect(await command.end(5000)).toBe(exitCode);
    expect(command.stderr).toBe('');
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('ends at once while it waits for an answer', async () => {
    const command = tacho(['monitor']);
    const asked = new Promise<void>((resolve) => {
      each.server.answer = () => resolve();
    });
    await asked;
    command.child.kill('SIGINT');
    expect(await command.end(5000)).toBe(130);
    expect(command.stderr).toBe('');
  });
});
