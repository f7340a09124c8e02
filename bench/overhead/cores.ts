import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What goes before a command so that it has a core to itself; nothing where that can't be had. */
export interface Cores {
  readonly service: readonly string[];
  readonly load: readonly string[];
}

/** One core for the service, another for the load and for what stands in for backends, where there is `taskset`. */
export function cores(): Cores {
  const [first, second] = allowed();
  if (second === undefined || spawnSync('taskset', ['--version']).status !== 0)
    return { service: [], load: [] };
  return { service: ['taskset', '-c', `${first}`], load: ['taskset', '-c', `${second}`] };
}

/** The cores that this process may use, as `/proc` lists them: `0-3,6`. */
function allowed(): readonly number[] {
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
    return list.split(',').flatMap((range) => {
      const [from = Number.NaN, to = from] = range.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    });
  } catch {
    return [];
  }
}
