import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { TOKEN } from './admin-server.ts';
import { CommandProcess } from './command-process.ts';
import { Screen } from './screen.ts';
import { serveEachTest } from './served-session.ts';

const each = serveEachTest();
const COLUMNS = 60;
const AS_FOUND = { cursorShown: true, wraps: true, isAlternate: false };

/** A terminal around a command: stdin is what is typed, stdout what is shown, the exit code the command's. */
const IN_TERMINAL = [
  'python3',
  '-c',
  'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))',
  ...['sh', '-c', `stty cols ${COLUMNS} rows 20; exec "$@"`, 'sh'],
];

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;
if (!hasPython) console.warn('python3 with pty is missing: the live view is not tested in a real terminal');

function tacho(...argv: string[]): CommandProcess {
  const variables = {
    TACHO_ADMIN_TOKEN: TOKEN,
    TACHO_ADMIN_PORT: String(each.server.port),
    TERM: 'xterm-256color',
  };
  return new CommandProcess(argv, { variables, through: IN_TERMINAL });
}

function screenOf({ stdout }: CommandProcess): Screen {
  const screen = new Screen(COLUMNS);
  // What Ctrl-C looks like on any terminal.
  screen.write(stdout.replace('^C', ''));
  return screen;
}

(hasPython ? describe : describe.skip)('monitor in a real terminal', () => {
  it('has a screen of the terminal’s width, and leaves the last frame and the cursor behind', async () => {
    const command = tacho('monitor', '--interval', '1', '--duration', '2');
    expect(await command.end()).toBe(0);
    expect(command.stdout.split('\x1b[?1049h')).toHaveLength(2);
    for (const sample of [1, 2, 3]) expect(command.stdout).toContain(`sample ${sample} of 3`);
    const screen = screenOf(command);
    expect(screen).toMatchObject(AS_FOUND);
    expect(screen.lines.filter((line) => line.startsWith('tacho http'))).toHaveLength(1);
    expect(screen.lines.at(-1)).toBe('last 24 hours  sample 3 of 3');
    expect(screen.lines.some((line) => line.length > 50)).toBe(true);
  });

  it('ends at Ctrl-C with 130, the cursor on and the frame still there', async () => {
    const command = tacho('monitor', '--interval', '1', '--duration', '3600');
    await command.text('sample 1 of');
    command.child.stdin.write('\x03');
    expect(await command.end(10_000)).toBe(130);
    const screen = screenOf(command);
    expect(screen).toMatchObject(AS_FOUND);
    expect(screen.lines[1]).toMatch(/^healthy {2}1,250 requests/);
  });
});
