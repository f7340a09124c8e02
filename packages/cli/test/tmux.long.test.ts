import { afterEach, describe, expect, it } from '@jest/globals';
import { TOKEN } from './admin-server.ts';
import { anEndpoint } from './reports.ts';
import { serveEachTest } from './served-session.ts';
import { hasTmux, Tmux } from './tmux.ts';

const each = serveEachTest();
const AS_FOUND = { cursor_flag: true, alternate_on: false, wrap_flag: true };
const HOSTILE = 'GET /\x1b[2J\x1b]0;owned\x07\u202e東京/👩‍👩‍👧/é';

if (!hasTmux) console.warn('tmux is missing: the interactive view is not tested in a real terminal');

let terminal: Tmux | undefined;
afterEach(() => terminal?.close());

async function watching(columns: number, rows: number, before = ''): Promise<Tmux> {
  const variables = { TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: String(each.server.port) };
  terminal = new Tmux(columns, rows, variables);
  terminal.line(`${before}tacho monitor --interval 1 --duration 600; echo ended with $?`);
  await terminal.shows(/^\[1 endpoints\]/);
  return terminal;
}

(hasTmux ? describe : describe.skip)('monitor in tmux', () => {
  it.each([
    [20, 24],
    [40, 10],
    [80, 24],
    [120, 40],
    [200, 60],
  ])(
    'has whole lines in %i columns and %i rows, in every view, also with hostile names',
    async (columns, rows) => {
      each.server.answers['/endpoints'] = Object.fromEntries(
        Array.from({ length: 100 }, (_, index) => [`${HOSTILE}${index}`, anEndpoint({ count: 100 - index })]),
      );
      const shell = await watching(100, 30);
      shell.resize(columns, rows);
      await shell.until((screen) => screen.length === rows, `screen of ${rows} rows`);
      for (const [key, line] of [
        ['j', /^> GET/],
        ['End', /^> GET/],
        ['2', /SLOW/],
        ['3', /HOST/],
        ['4', /PROCESS/],
        ['?', /KEYS/],
        ['1', /^> GET/],
        ['Enter', /SLOW/],
        ['/', /^\/_/],
      ] as const) {
        shell.keys(key);
        const screen = await shell.shows(line);
        expect(screen).toHaveLength(rows);
        expect(screen.join('')).not.toContain('owned\x07');
      }
      shell.keys('C-c');
      await shell.shows(/^ended with 130$/);
      expect(shell.flags).toEqual(AS_FOUND);
    },
  );

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ] as const)('leaves the terminal as it was at %s', async (signal, code) => {
    const shell = await watching(80, 24);
    process.kill(shell.commandPid, signal);
    await shell.shows(new RegExp(`^ended with ${code}$`));
    expect(shell.flags).toEqual(AS_FOUND);
    expect(await shell.settings('after')).toMatch(/ icanon .* echo /s);
  });

  it('leaves the terminal as it was where somebody else stops it, and goes on', async () => {
    const shell = await watching(80, 24);
    process.kill(shell.commandPid, 'SIGTSTP');
    await shell.shows(/Stopped/);
    expect(shell.flags).toEqual(AS_FOUND);
    shell.line('fg');
    await shell.shows(/^\[1 endpoints\]/);
    shell.keys('j', 'q');
    await shell.shows(/^last 24 hours/);
    expect(shell.flags).toEqual(AS_FOUND);
  });

  it('draws its screen anew where it was stopped without a word', async () => {
    const shell = await watching(80, 24);
    const { commandPid } = shell;
    process.kill(commandPid, 'SIGSTOP');
    await shell.shows(/Stopped/);
    shell.line('fg');
    await shell.shows(/^\[1 endpoints\]/);
    shell.keys('q');
    await shell.shows(/^last 24 hours/);
    expect(shell.flags).toEqual(AS_FOUND);
  });

  it('leaves the terminal as it was where it crashes', async () => {
    const crash = "data:text/javascript,setTimeout(()=>{throw%20new%20Error('crash')},4000)";
    const shell = await watching(80, 24, `NODE_OPTIONS="--import=${crash}" `);
    await shell.shows(/^ended with 1$/);
    expect(shell.flags).toEqual(AS_FOUND);
    expect(await shell.settings('after')).toMatch(/ icanon .* echo /s);
  });

  it('ends with its terminal', async () => {
    const shell = await watching(80, 24);
    const { commandPid } = shell;
    shell.close();
    const isAlive = (): boolean => {
      try {
        return process.kill(commandPid, 0);
      } catch {
        return false;
      }
    };
    for (const endMs = Date.now() + 10_000; isAlive() && Date.now() < endMs; )
      await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isAlive()).toBe(false);
  });
});
