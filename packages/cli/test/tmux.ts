import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;

const COMMAND = `${process.execPath} ${join(import.meta.dirname, 'tacho.ts')}`;
const LIMIT_MS = 20_000;

/** A shell in a real terminal of a server of its own, which a test types into and looks at. */
export class Tmux {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tacho-tmux-'));

  constructor(columns: number, rows: number, variables: Readonly<Record<string, string>>) {
    const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
    const env = { PATH, NODE_COMPILE_CACHE, PS1: '$ ', HOME: this.#folder, LANG: 'C.UTF-8', ...variables };
    const given = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
    const size = ['-x', String(columns), '-y', String(rows)];
    this.#tmux('-f', '/dev/null', 'new-session', '-d', ...size, ...given, 'bash --norc --noprofile -i');
  }

  /** Types a line into the shell; `tacho` is the command. */
  line(text: string): void {
    this.#tmux('send-keys', '-l', `${text.replaceAll('tacho ', `${COMMAND} `)}\n`);
  }

  /** @param keys as tmux names them */
  keys(...keys: string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  /** What is to be seen. */
  get screen(): string[] {
    return this.#tmux('capture-pane', '-p').replace(/\n+$/, '').split('\n');
  }

  /** Of the terminal: `cursor_flag`, `alternate_on`, `wrap_flag`. */
  get flags(): Record<string, boolean> {
    const names = ['cursor_flag', 'alternate_on', 'wrap_flag'];
    const values = this.#tmux('display-message', '-p', names.map((name) => `#{${name}}`).join(' '));
    return Object.fromEntries(names.map((name, index) => [name, values.split(' ')[index]?.trim() === '1']));
  }

  /** The process of the command that runs in the shell. */
  get commandPid(): number {
    const shell = this.#tmux('display-message', '-p', '#{pane_pid}').trim();
    return Number(execFileSync('pgrep', ['-P', shell], { encoding: 'utf8' }));
  }

  /** The terminal's settings, as the shell sees them. */
  async settings(name: string): Promise<string> {
    const file = join(this.#folder, name);
    this.line(`stty -a > ${file}; echo settings-${name}`);
    await this.shows(new RegExp(`^settings-${name}$`));
    return readFileSync(file, 'utf8');
  }

  /** Waits until there is a line like this to be seen. @returns what is */
  shows(line: RegExp): Promise<string[]> {
    return this.until((screen) => screen.some((each) => line.test(each)), String(line));
  }

  /** Waits until what is to be seen is so. @returns what is */
  async until(isSo: (screen: readonly string[]) => boolean, wanted: string): Promise<string[]> {
    for (const endMs = Date.now() + LIMIT_MS; Date.now() < endMs; ) {
      const { screen } = this;
      if (isSo(screen)) return screen;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`no ${wanted} in:\n${this.screen.join('\n')}`);
  }

  close(): void {
    spawnSync('tmux', ['-S', join(this.#folder, 'socket'), 'kill-server']);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #tmux(...argv: string[]): string {
    return execFileSync('tmux', ['-S', join(this.#folder, 'socket'), ...argv], { encoding: 'utf8' });
  }
}
