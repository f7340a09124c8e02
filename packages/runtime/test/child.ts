import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs a script of `children/` in a process of its own, and returns the JSON it prints. */
export async function child<T>(script: string, nodeOptions: readonly string[] = []): Promise<T> {
  const path = join(import.meta.dirname, 'children', script);
  const { stdout } = await promisify(execFile)(process.execPath, [...nodeOptions, path], {
    env: { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '' },
    timeout: 60_000,
  });
  return JSON.parse(stdout) as T;
}
