import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Runs a script of `children/` in a process of its own, and returns the JSON it prints.
 *
 * @param environment all the process has of it, but for where Node keeps what it has compiled
 */
export async function child<T>(
  script: string,
  args: string[],
  environment: Record<string, string> = {},
  nodeOptions: string[] = [],
): Promise<T> {
  const path = join(import.meta.dirname, 'children', script);
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, path, ...args], {
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '', ...environment },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as T;
}
