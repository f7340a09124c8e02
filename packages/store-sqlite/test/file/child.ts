import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a script of this folder in a process of its own. */
export function startChild(script: URL, ...args: string[]): ChildProcess {
  return spawn(process.execPath, ['--no-warnings', script.pathname, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Waits for the child's first output. */
export async function whenItSpeaks({ stdout }: ChildProcess): Promise<string> {
  const [chunk] = stdout === null ? [] : await once(stdout, 'data');
  return String(chunk);
}

/** Ends it as a power switch does, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
