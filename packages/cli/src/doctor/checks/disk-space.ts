import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { size } from '../../figures.ts';
import type { Check } from '../check.ts';
import { type Finding, ok, problem, skipped, warning } from '../finding.ts';
import { storeOf } from '../store-place.ts';

/** The store is not written below this, nor below 5 % of the volume, whichever is less: a full disk can't even delete. */
const FLOOR_BYTES = 64 * 1024 * 1024;
const FLOOR_SHARE = 0.05;

export const diskSpace: Check = {
  id: 'disk-space',
  group: 'store',
  async examine(patient) {
    const { path } = await storeOf(patient);
    if (path === undefined) return [skipped('the store is in memory')];
    const { bavail, blocks, bsize } = await statfs(existingAbove(path));
    return [judgedSpace(bavail * bsize, blocks * bsize, path)];
  },
};

export function judgedSpace(freeBytes: number, volumeBytes: number, path: string): Finding {
  const floor = Math.min(FLOOR_BYTES, volumeBytes * FLOOR_SHARE);
  const found = `${size(freeBytes)} are free where ${path} is`;
  const remedy = `Make room on that disk, or say with TACHO_STORE where there is some.`;
  if (freeBytes <= floor) return problem(`${found}: too little to write the store`, remedy);
  return freeBytes <= floor * 3 ? warning(`${found}: soon too little to write the store`, remedy) : ok(found);
}

/** The first folder on the way up that is there. */
export function existingAbove(path: string): string {
  const folder = dirname(path);
  return existsSync(folder) || folder === path ? folder : existingAbove(folder);
}
