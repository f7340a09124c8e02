import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';

export interface CommandOptions {
  variables: Record<string, string>;
  folder?: string;
  /** Runs the command through another program: what stands before `node`. */
  through?: readonly string[];
}

/** The `tacho` command in a process of its own, on pipes. */
export class CommandProcess {
  readonly child: ChildProcessWithoutNullStreams;
  stdout = '';
  stderr = '';
  readonly #ended: Promise<number | NodeJS.Signals | null>;

  constructor(argv: readonly string[], { variables, folder = '/', through = [] }: CommandOptions) {
    const [program = '', ...args] = [
      ...through,
      process.execPath,
      join(import.meta.dirname, 'tacho.ts'),
      ...argv,
    ];
    const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
    this.child = spawn(program, args, { cwd: folder, env: { PATH, NODE_COMPILE_CACHE, ...variables } });
    this.child.stdout.on('data', (chunk) => {
      this.stdout += chunk;
    });
    this.child.stderr.on('data', (chunk) => {
      this.stderr += chunk;
    });
    this.#ended = new Promise((resolve, reject) => {
      this.child.once('error', reject);
      this.child.once('close', (exitCode, signal) => resolve(exitCode ?? signal));
    });
  }

  /** @returns the exit code, or the signal that ended it */
  async end(limitMs = 20_000): Promise<number | NodeJS.Signals | null> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), limitMs);
    try {
      return await this.#ended;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves once stdout has as many lines. */
  async lines(count: number): Promise<void> {
    await this.#until(() => this.stdout.split('\n').length > count);
  }

  /** Resolves once stdout has the text. */
  async text(text: string): Promise<void> {
    await this.#until(() => this.stdout.includes(text));
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      if (this.child.exitCode !== null) throw new Error(`ended before that: ${this.stdout}${this.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
