import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** The repository's root. */
export const ROOT = resolve(import.meta.dirname, '..');

/** What is kept of each output stream. A child that writes more is judged by its beginning. */
const MAX_OUTPUT_CHARACTERS = 2_000_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ChildOptions {
  /** Replaces the environment altogether; PATH, HOME and where Node keeps compiled code are the parent's unless given. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Opens Node's own message channel to the child. */
  readonly messages?: boolean;
}

/** A child process that is being listened to. */
export class Child {
  readonly process: ChildProcess;
  /** Settles when the process is gone and its output is complete. */
  readonly exited: Promise<Exit>;
  stdout = '';
  stderr = '';
  #exit: Exit | undefined;
  readonly #waiting = new Set<() => void>();

  constructor(process: ChildProcess) {
    this.process = process;
    process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      if (this.stdout.length < MAX_OUTPUT_CHARACTERS) this.stdout += text;
      this.#look();
    });
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.stderr.length < MAX_OUTPUT_CHARACTERS) this.stderr += text;
      this.#look();
    });
    this.exited = new Promise((settle, fail) => {
      process.once('error', fail);
      process.once('close', (code, signal) => {
        this.#exit = { code, signal };
        running.delete(this);
        settle(this.#exit);
        this.#look();
      });
    });
    running.add(this);
  }

  get pid(): number {
    if (this.process.pid === undefined) throw new Error('the process did not start');
    return this.process.pid;
  }

  get running(): boolean {
    return this.#exit === undefined;
  }

  /** Waits until what the child has written matches; fails when it ends, or takes over `limitMs`, before that. */
  async output(stream: 'stdout' | 'stderr', pattern: RegExp, limitMs = 20_000): Promise<RegExpExecArray> {
    const giveUpAt = Date.now() + limitMs;
    for (;;) {
      const match = pattern.exec(this[stream]);
      if (match !== null) return match;
      if (this.#exit !== undefined || Date.now() >= giveUpAt) throw new Error(this.#failure(stream, pattern));
      await this.#somethingNew(giveUpAt - Date.now());
    }
  }

  /** @returns how the process ended; it is killed when that takes over `limitMs` */
  async end(limitMs = 20_000): Promise<Exit> {
    const timer = setTimeout(() => this.process.kill('SIGKILL'), limitMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM', limitMs = 10_000): Promise<Exit> {
    if (this.#exit === undefined) this.process.kill(signal);
    return this.end(limitMs);
  }

  #look(): void {
    for (const wake of this.#waiting) wake();
  }

  #somethingNew(limitMs: number): Promise<void> {
    return new Promise((settle) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        settle();
      };
      const timer = setTimeout(wake, limitMs);
      this.#waiting.add(wake);
    });
  }

  #failure(stream: string, pattern: RegExp): string {
    const state = this.#exit === undefined ? 'in time' : `before its end (${JSON.stringify(this.#exit)})`;
    return `${pattern} was not written to ${stream} ${state}\nstdout: ${this.stdout}\nstderr: ${this.stderr}`;
  }
}

const running = new Set<Child>();

/** Starts a program. The first word may be `node`, which is the Node that runs the tests. */
export function start(command: readonly string[], options: ChildOptions = {}): Child {
  const [program = '', ...args] = command;
  const { PATH = '', HOME = '/', NODE_COMPILE_CACHE = '' } = process.env;
  const env = { PATH, HOME, NODE_COMPILE_CACHE, ...options.env };
  return new Child(
    spawn(program === 'node' ? process.execPath : program, args, {
      cwd: options.cwd ?? ROOT,
      env,
      stdio: options.messages ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    }),
  );
}

/** Ends every child that a test has left running. For `afterEach` or `afterAll`. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((child) => child.stop('SIGKILL')));
}
