import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { CommandProcess } from './command-process.ts';
import { createStore } from './stores.ts';
import { folderEachTest } from './temporary-folder.ts';

const folder = folderEachTest();
const UNFINISHED = /\.tmp$/;

function tacho(...argv: string[]): CommandProcess {
  return new CommandProcess(argv, { variables: {}, folder: folder.path });
}

async function untilFile(pattern: RegExp): Promise<void> {
  while (!(await readdir(folder.path)).some((name) => pattern.test(name))) await sleep(5);
}

/** Until the process has begun to write the file, or has ended. */
async function untilWritten(file: string, { child }: CommandProcess): Promise<void> {
  const isWritten = (): Promise<boolean> =>
    stat(file).then(
      ({ size }) => size > 0,
      () => false,
    );
  while (child.exitCode === null && !(await isWritten())) await sleep(5);
}

describe('the process that a signal reaches', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'during an export ends at once and leaves nothing: %s',
    async (signal) => {
      const store = await createStore(folder.path, { minutes: 300, endpoints: 200 });
      const before = await readFile(store);
      const command = tacho('export', 'all.json');
      await untilFile(UNFINISHED);
      command.child.kill(signal);
      expect(await command.end(10_000)).toBe(signal === 'SIGINT' ? 130 : 143);
      expect([command.stdout, command.stderr]).toEqual(['', '']);
      expect(await readdir(folder.path)).toEqual(['.tacho']);
      expect((await readFile(store)).equals(before)).toBe(true);
    },
  );

  it('during an import leaves what the next one finishes', async () => {
    await createStore(folder.path, { minutes: 120, endpoints: 100 });
    expect(await tacho('export', 'all.json').end()).toBe(0);
    const target = await createStore(join(folder.path, 'target'), { minutes: 0 });
    const argv = ['import', 'all.json', '--store', target];
    const cut = tacho(...argv);
    await untilWritten(`${target}-wal`, cut);
    cut.child.kill('SIGINT');
    expect([130, 0]).toContain(await cut.end(10_000));
    const again = tacho(...argv, '--json');
    expect(await again.end()).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ windows: 120, partlyKnown: 0 });
    const last = tacho(...argv, '--json');
    expect(await last.end()).toBe(0);
    expect(JSON.parse(last.stdout)).toMatchObject({ windows: 120, known: 120 });
  });
});

describe('the process whose reader leaves', () => {
  it('does its work and ends well, without a trace', async () => {
    await createStore(folder.path);
    const command = tacho('export', 'all.json', '--json');
    command.child.stdout.destroy();
    expect(await command.end()).toBe(0);
    expect(command.stderr).toBe('');
    expect(await readFile(join(folder.path, 'all.json'), 'utf8')).toMatch(/\{"windows":3\}\n$/);
  });
});

it.each([
  [['--help'], false],
  [['backup', '--help'], false],
  [['backup', '--store', ''], false],
  [['backup'], true],
])('SQLite is loaded only where it is needed: %j', async (argv, isNeeded) => {
  const traced = ['sh', '-c', 'NODE_DEBUG=module exec "$@" 2>&1 | grep -c store-sqlite; true', 'sh'];
  const command = new CommandProcess(argv, { variables: {}, folder: folder.path, through: traced });
  await command.end();
  expect(Number(command.stdout) > 0).toBe(isNeeded);
});
