import { createRequire } from 'node:module';
import process from 'node:process';
import type { RunningProcess } from '@tacho/admin-api';
import type { Config } from './config/config.ts';

const require = createRequire(import.meta.url);

/** What the process that answers says of itself. Its version is read when somebody asks for it. */
export function runningProcess(
  { traces, http }: Pick<Config, 'traces' | 'http'>,
  startedMs: number,
): RunningProcess {
  return {
    get version() {
      return (require('tacho/package.json') as { version: string }).version;
    },
    node: process.versions.node,
    pid: process.pid,
    startedMs,
    traces,
    http,
  };
}
