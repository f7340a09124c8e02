import { afterEach, describe, expect, it } from '@jest/globals';
import { TOKEN } from './admin-server.ts';
import { serveEachTest } from './served-session.ts';
import { hasTmux, Tmux } from './tmux.ts';

const each = serveEachTest();
const AS_FOUND = { cursor_flag: true, alternate_on: false, wrap_flag: true };
const TAKEN = { cursor_flag: false, alternate_on: true };

if (!hasTmux) console.warn('tmux is missing: the interactive view is not tested in a real terminal');

let terminal: Tmux | undefined;
afterEach(() => terminal?.close());

function opened(columns: number, rows: number): Tmux {
  const variables = { TACHO_ADMIN_TOKEN: TOKEN, TACHO_ADMIN_PORT: String(each.server.port) };
  terminal = new Tmux(columns, rows, variables);
  return terminal;
}

(hasTmux ? describe : describe.skip)('monitor in tmux', () => {
  it('obeys keys, fits another size, ends at q, and leaves the terminal as it was', async () => {
    const shell = opened(80, 24);
    const before = await shell.settings('before');
    shell.line('tacho monitor --interval 1 --duration 600; echo ended with $?');
    await shell.shows(/^\[1 endpoints\]/);
    await shell.shows(/^requests +▁/);
    expect(shell.flags).toMatchObject(TAKEN);
    shell.keys('Down', 'Enter');
    await shell.shows(/^GET \/users\/\{id\}$/);
    shell.resize(40, 12);
    const narrow = await shell.shows(/^GET \/users\/\{id\}$/);
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(40);
    shell.keys('Escape');
    await shell.shows(/^> GET \/users/);
    shell.keys('q');
    const after = await shell.shows(/^ended with 0$/);
    expect(after.some((line) => line.startsWith('last 24 hours'))).toBe(true);
    expect(shell.flags).toEqual(AS_FOUND);
    shell.resize(80, 24);
    expect(await shell.settings('after')).toBe(before);
  });

  it('is stopped by Ctrl-Z with the terminal as it was, goes on with fg, and ends at Ctrl-C', async () => {
    const shell = opened(80, 24);
    const before = await shell.settings('before');
    shell.line('tacho monitor --interval 1 --duration 600; echo ended with $?');
    await shell.shows(/^\[1 endpoints\]/);
    shell.keys('C-z');
    await shell.shows(/Stopped/);
    expect(shell.flags).toEqual(AS_FOUND);
    expect(await shell.settings('stopped')).toBe(before);
    shell.line('fg');
    await shell.shows(/^\[1 endpoints\]/);
    expect(shell.flags).toMatchObject(TAKEN);
    shell.keys('C-c');
    await shell.shows(/^last 24 hours/);
    shell.line('echo ended with $?');
    await shell.shows(/^ended with 130$/);
    expect(shell.flags).toEqual(AS_FOUND);
    expect(await shell.settings('after')).toBe(before);
  });
});
