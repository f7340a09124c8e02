import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';

/** The package's folder: from here, programs may import `tacho` by its name. */
export const PACKAGE = resolve(import.meta.dirname, '../..');

const LIMIT_MS = 30_000;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Which Node; the one that runs the tests unless given. */
  readonly node?: string;
  /** The whole environment, but for a store in memory and where Node keeps what it has compiled. */
  readonly env?: Readonly<Record<string, string>>;
  /** Done with the process once it has been started. */
  readonly meanwhile?: (child: ChildProcess) => void;
}

/** Runs Node with these arguments, and waits until it has ended; one that does not is killed, its code null. */
export async function runNode(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = spawn(options.node ?? process.execPath, args, {
    cwd: PACKAGE,
    env: {
      TACHO_STORE: 'memory',
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  options.meanwhile?.(child);
  const code = new Promise<number | null>((settle, fail) => child.once('error', fail).once('close', settle));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr).catch(() => '')]);
  return { code: await code, stdout, stderr };
}

/** Runs a program given as text, an ES module or CommonJS. What it writes to stdout is to be JSON. */
export async function runProgram(
  kind: 'module' | 'commonjs',
  program: string,
  options: RunOptions & { readonly nodeArguments?: readonly string[] } = {},
): Promise<Ended & { readonly said: unknown }> {
  const args = [...(options.nodeArguments ?? []), `--input-type=${kind}`, '--eval', program];
  const ended = await runNode(args, options);
  return { ...ended, said: ended.stdout === '' ? undefined : JSON.parse(ended.stdout) };
}

/** The lines of a text that ends with one. */
export function linesOf(output: string): string[] {
  return output.split('\n').slice(0, -1);
}
