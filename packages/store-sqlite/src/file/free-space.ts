import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';

const FLOOR_BYTES = 64 * 1024 * 1024;
const FLOOR_SHARE = 0.05;

/**
 * Whether the volume of the file has more room than has to stay free: the smaller of 64 MB and 5 % of it. On a
 * volume that is full, SQLite can't even delete, so writing has to stop before. True where it can't be told.
 */
export function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize, blocks } = statfsSync(dirname(path));
    return bavail * bsize > floorBytes(blocks * bsize);
  } catch {
    return true;
  }
}

/** @param volumeBytes the size of the volume */
export function floorBytes(volumeBytes: number): number {
  return Math.min(FLOOR_BYTES, volumeBytes * FLOOR_SHARE);
}
