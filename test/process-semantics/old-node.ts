import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

/** The first major version that tacho runs on. */
const FIRST_GOOD_MAJOR = 22;

/** @returns the machine's own Node, where it is too old for tacho */
export function oldNode(): string | undefined {
  const folders = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.includes(`${sep}node_modules${sep}`));
  return folders
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file) && majorOf(file) < FIRST_GOOD_MAJOR);
}

function majorOf(node: string): number {
  const version = /^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '');
  return Number(version?.[1] ?? Number.POSITIVE_INFINITY);
}
