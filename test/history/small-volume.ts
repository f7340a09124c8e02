import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A volume of a few megabytes at a folder. */
export interface SmallVolume {
  readonly folder: string;
  /** Leaves no room at all. */
  fill(): Promise<void>;
  free(): Promise<void>;
  remove(): Promise<void>;
}

/** @returns undefined where this user may not mount one */
export async function mountSmallVolume(folder: string, megabytes: number): Promise<SmallVolume | undefined> {
  await mkdir(folder);
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tacho-test', folder]);
  } catch {
    return undefined;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: () => fill(filler, megabytes),
    free: () => rm(filler),
    remove: async () => {
      await run('umount', ['--lazy', folder]);
    },
  };
}

async function fill(path: string, megabytes: number): Promise<void> {
  const outcome = await writeFile(path, Buffer.alloc(megabytes * 1024 * 1024)).then(
    () => 'done',
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (outcome !== 'ENOSPC') throw new Error(`filling the volume: ${outcome}`);
}
