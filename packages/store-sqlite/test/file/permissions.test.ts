import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createSample } from './sample-store.ts';
import { useScratchFolder } from './scratch-folder.ts';

const scratch = useScratchFolder();
const NOBODY = 65534;
/** Permissions mean nothing to root: it has somebody else open the files. */
const isRoot = process.getuid?.() === 0;

function outcomes(...paths: string[]): unknown {
  const script = new URL('./opening-process.ts', import.meta.url).pathname;
  const user = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', script, ...paths], {
    ...user,
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

/** A folder with a store of three rows. */
function storeIn(name: string, folderMode: number, fileMode: number): string {
  const folder = scratch(name);
  mkdirSync(folder);
  const path = `${folder}/tacho.db`;
  createSample(path, 3);
  for (const [entry, mode] of [
    [path, fileMode],
    [folder, folderMode],
  ] as const) {
    if (isRoot) chownSync(entry, NOBODY, NOBODY);
    chmodSync(entry, mode);
  }
  return path;
}

describe('a file that may not be written', () => {
  it('is told as unavailable, and can be read where that is allowed', () => {
    chmodSync(scratch('.'), 0o755);
    const readOnlyFile = storeIn('file', 0o700, 0o400);
    const readOnlyFolder = storeIn('folder', 0o500, 0o400);
    const closedFolder = storeIn('sealed-folder', 0o500, 0o600);
    const closedFile = storeIn('closed', 0o700, 0o000);
    const unavailable = 'TACHO_STORE_UNAVAILABLE';
    expect(outcomes(readOnlyFile, readOnlyFolder, closedFolder, closedFile)).toEqual([
      [unavailable, 3],
      [unavailable, 3],
      [unavailable, 3],
      [unavailable, unavailable],
    ]);
    for (const name of ['file', 'folder', 'sealed-folder'])
      expect(readdirSync(scratch(name))).toEqual(['tacho.db']);
    for (const name of ['folder', 'sealed-folder']) chmodSync(scratch(name), 0o700);
  });

  it('is not there, and no folder can be made for it', () => {
    mkdirSync(scratch('barren'), { mode: 0o555 });
    const paths = [scratch('barren/tacho.db'), scratch('barren/folder/tacho.db')];
    const refused = ['TACHO_STORE_UNAVAILABLE', 'TACHO_STORE_MISSING'];
    expect(outcomes(...paths)).toEqual([refused, refused]);
  });
});
