import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs a script of `children/` in a process of its own, and returns the JSON it prints. */
export async function child<T>(script: string, args: string[] = [], nodeOptions: string[] = []): Promise<T> {
  const path = join(import.meta.dirname, 'children', script);
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, path, ...args], {
    env: { PATH: '' },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as T;
}
